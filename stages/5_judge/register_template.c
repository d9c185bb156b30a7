// SPDX-License-Identifier: MIT
/* Empty registers that say what belongs into them: the columns of the schemas, and what each stands for. */
#include "5_judge/register_read.h"
#include "base/limits.h"
#include "io/outfile.h"

/* file NULL: in every register. A file of its own comes first. */
static const struct meaning {
    const char *file, *column, *text;
} meanings[] = {
    {"units.csv",       "unit_id",                "stable id of the solution or portal; it survives renaming and moving"         },
    {"units.csv",       "name_da",                "its name"                                                                     },
    {NULL,              "unit_type",              "a self-service solution, or a portal that leads to some"                      },
    {NULL,              "channel",                "web or app"                                                                   },
    {NULL,              "url_scope",              "what belongs to it: host or *.host or host/path; the most specific claim wins"},
    {NULL,              "entry_urls",             "where citizens enter"                                                         },
    {NULL,              "flow_scope",             "pages of the self-service flow that anybody can open"                         },
    {NULL,              "page_type_rules",        "kept; not used yet"                                                           },
    {NULL,              "audience",               "whom it is for (guidance section 2)"                                          },
    {NULL,              "interaction",            "do citizens report or apply or file there? (2.1)"                             },
    {NULL,              "provision",              "who makes it available (2.1)"                                                 },
    {NULL,              "primary_channel",        "is it the citizens' primary channel? (2.1)"                                   },
    {NULL,              "law_ref",                "the law that asks for it"                                                     },
    {NULL,              "national",               "portals: does it serve the whole country? (2.2)"                              },
    {NULL,              "exemptions_exist",       "are there other channels for some? without effect on the verdict"             },
    {NULL,              "login",                  "how citizens log in; without effect on the verdict"                           },
    {NULL,              "known_pages",            "how many pages it is known to have"                                           },
    {NULL,              "predecessor_ids",        "the units it came from"                                                       },
    {"authorities.csv", "authority_id",           "id of the authority"                                                          },
    {"authorities.csv", "name_da",                "its name"                                                                     },
    {NULL,              "authority_id",           "id of the authority in authorities.csv"                                       },
    {NULL,              "ministry",               "its ministry"                                                                 },
    {NULL,              "cvr",                    "its CVR number"                                                               },
    {NULL,              "level",                  "state or region or municipality"                                              },
    {NULL,              "domains",                "domains of its own with everything below them"                                },
    {NULL,              "contact_role",           "whom findings are sent to"                                                    },
    {NULL,              "portal_id",              "id of the portal in units.csv"                                                },
    {NULL,              "target_id",              "id of the solution it leads to in units.csv"                                  },
    {"own_parties.csv", "unit_id",                "id of the unit; * for all"                                                    },
    {"own_parties.csv", "pattern",                "host or *.host or host/path/prefix that is not a third party there"           },
    {"own_parties.csv", "service",
     "of an operator: the service it runs; its other services are third parties"                                                 },
    {NULL,              "relation",               "why it is none"                                                               },
    {"bases.csv",       "unit_id",                "id of the unit the basis is declared for; or an authority"                    },
    {"bases.csv",       "entity",                 "the third party; or its domain"                                               },
    {"bases.csv",       "service",                "only that service of it"                                                      },
    {"bases.csv",       "pattern",                "only that host or path"                                                       },
    {NULL,              "basis_id",               "id of the declared basis"                                                     },
    {NULL,              "basis_type",             "opting out or agreement or technical necessity (3.1)"                         },
    {NULL,              "basis_form",             "databehandleraftale or aftale or indstilling or andet"                        },
    {NULL,              "setting_name",           "opting out: the setting"                                                      },
    {NULL,              "setting_exists",         "opting out: is there such a setting?"                                         },
    {NULL,              "activated",              "opting out: is it switched on?"                                               },
    {NULL,              "effective",              "opting out: does it stop all use for own purposes?"                           },
    {NULL,              "own_use_clause",         "agreement: what it says of use for own purposes"                              },
    {NULL,              "written",                "agreement: is it in writing?"                                                 },
    {NULL,              "anonymised_exempt",      "agreement: may anonymised data be used all the same?"                         },
    {"bases.csv",       "own_use_possible",       "necessity: can the third party use the data for own purposes?"                },
    {NULL,              "purpose",                "necessity: a precondition of the technology; or security; or another"         },
    {NULL,              "limited_use",            "necessity: is use limited to what the technology needs?"                      },
    {NULL,              "evidence_sha256",        "digest of the document"                                                       },
    {NULL,              "declared_on",            "when the authority declared it"                                               },
    {NULL,              "review_status",          "what a reviewer says of it"                                                   },
    {NULL,              "reviewed_by",            "who reviewed it"                                                              },
    {NULL,              "reviewed_on",            "when"                                                                         },
    {NULL,              "note",                   "for people"                                                                   },
    {NULL,              "decision_id",            "id of a decision by hand"                                                     },
    {"decisions.csv",   "entity",                 "the third party it is about"                                                  },
    {"decisions.csv",   "year",                   "the evaluated year"                                                           },
    {NULL,              "verdict",                "what was decided"                                                             },
    {NULL,              "reason",                 "why"                                                                          },
    {NULL,              "evidence_ids",           "documents"                                                                    },
    {NULL,              "supersedes",             "decisions it replaces"                                                        },
    {"services.csv",    "pattern",                "host or *.host or host/path/prefix of the service; the most specific wins"    },
    {"services.csv",    "service",                "its name"                                                                     },
    {"services.csv",    "entity",                 "the company that provides it"                                                 },
    {NULL,              "country",                "of the company: two letters"                                                  },
    {NULL,              "category",               "its purpose"                                                                  },
    {"services.csv",    "own_use_possible",       "do its terms let it use data for own purposes?"                               },
    {NULL,              "optout_exists",          "can one opt out of that?"                                                     },
    {NULL,              "cookie_prefixes",        "how names of its cookies begin"                                               },
    {"aliases.csv",     "host",                   "a name of one's own"                                                          },
    {NULL,              "canonical",              "where the DNS leads it"                                                       },
    {NULL,              "warc_file",              "the archive: its file name with as much of the path as tells it from others"  },
    {"captures.csv",    "unit_id",                "of the app whose traffic it is; empty for archives of pages"                  },
    {NULL,              "crawl_id",               "the crawl or session it belongs to"                                           },
    {NULL,              "sha256",                 "digest of the file"                                                           },
    {NULL,              "bytes",                  "its size"                                                                     },
    {"captures.csv",    "year",                   "the year it stands for"                                                       },
    {NULL,              "window",                 "first and last record"                                                        },
    {NULL,              "crawler",                "what made it"                                                                 },
    {NULL,              "browser",                "the browser and its version"                                                  },
    {NULL,              "executes_scripts",       "yes or no"                                                                    },
    {NULL,              "consent_state",          "what was answered to the consent tool"                                        },
    {NULL,              "user_agent",             "as sent"                                                                      },
    {NULL,              "vantage",                "the country it was made from"                                                 },
    {NULL,              "depth_limit",            "links followed"                                                               },
    {NULL,              "offsite_embeds_fetched", "yes or no"                                                                    },
    {NULL,              "case_id",                "id of the case"                                                               },
    {NULL,              "finding_id",             "the finding it is about; as in findings.csv"                                  },
    {"cases.csv",       "level",                  "what was done (follow-up)"                                                    },
    {NULL,              "sent_on",                "when the authority was written to"                                            },
    {NULL,              "deadline",               "when an answer was due"                                                       },
    {NULL,              "answered_on",            "when it came; empty: not yet"                                                 },
    {NULL,              "outcome",                "what became of it"                                                            },
    {NULL,              "key",                    "which choice or threshold; the list below has all"                            },
    {NULL,              "value",                  "what it is set to"                                                            },
    {"policy.csv",      "valid_from",             "since when"                                                                   },
    {NULL,              "unit_id",                "id of the unit in units.csv"                                                  },
    {NULL,              "evidence_ref",           "the document that proves it"                                                  },
    {NULL,              "valid_from",             "first day; empty: always"                                                     },
    {NULL,              "valid_to",               "last day; empty: open"                                                        },
    {NULL,              "decided_by",             "who decided"                                                                  },
    {NULL,              "decided_on",             "when"                                                                         },
    {NULL,              "source",                 "where it comes from"                                                          },
};

const char *register_column_meaning(const char *file, const char *column)
{
    const char *general = "";
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (strcmp(meanings[i].column, column) != 0)
            continue;
        if (!meanings[i].file)
            general = meanings[i].text;
        else if (strcmp(meanings[i].file, file) == 0)
            return meanings[i].text;
    }
    return general;
}

static const char *form_of(enum column_kind kind)
{
    switch (kind) {
    case COLUMN_LIST:
        return "list separated by ;";
    case COLUMN_FROM:
    case COLUMN_TO:
        return "YYYY-MM-DD";
    case COLUMN_NUMBER:
        return "digits";
    case COLUMN_PATTERN:
        return "host or *.host or host/path";
    case COLUMN_PATTERNS:
        return "list of host or *.host or host/path separated by ;";
    case COLUMN_DOMAINS:
        return "list of domains separated by ;";
    case COLUMN_URLS:
        return "list of addresses separated by ;";
    case COLUMN_SHA256:
        return "64 hexadecimal digits";
    case COLUMN_TEXT:
    case COLUMN_WORD:
    case COLUMN_UNUSED:
        break;
    }
    return "text";
}

static void add_words(const struct word *words, struct buf *out)
{
    bool may_be_empty = false;
    for (const char *between = ""; words->text; words++) {
        may_be_empty |= !words->text[0];
        if (!words->text[0])
            continue;
        buf_format(out, "%s%s", between, words->text);
        between = " | ";
    }
    buf_add_string(out, may_be_empty ? " | empty" : "");
}

static void add_column(const struct schema *schema, const struct column *column, struct buf *out)
{
    static const char *const needs[] = {
        [NEED_NOTHING] = "optional", [NEED_COLUMN] = "may be empty", [NEED_VALUE] = "required"};
    buf_format(out, "# %s: %s. ", column->name, register_column_meaning(schema->file, column->name));
    if (column->kind == COLUMN_WORD)
        add_words(column->words, out);
    else
        buf_add_string(out, form_of(column->kind));
    buf_format(out, "; %s\n", needs[column->need]);
}

/* What holds without policy.csv. */
static enum err add_policy(struct arena *arena, struct buf *out)
{
    const struct register_text none[REGISTER_FILE_COUNT] = {0};
    struct register_messages messages = {0};
    struct registers registers;
    enum err err = register_read_all(none, NULL, 0, 2026, arena, &messages, &registers);
    if (err_is_run(err))
        return err;
    for (size_t i = 0; i < registers.policy.row_count; i++) {
        const struct policy_row *row = &registers.policy.rows[i];
        struct span value = row->value.bytes ? row->value : SPAN("not set");
        buf_format(out, "# %.*s is %.*s by default; see ", SPAN_ARG(row->key), SPAN_ARG(value));
        for (size_t k = 0; k < row->source.bytes; k++) /* a bare quote would end the comment in the middle */
            buf_add_char(out, row->source.at[k] == '"' ? '\'' : row->source.at[k]);
        buf_add_char(out, '\n');
    }
    return ERR_OK;
}

enum err register_template(int file, struct arena *arena, struct buf *out)
{
    const struct schema *schema = register_schemas[file];
    for (size_t i = 0; i < schema->column_count; i++)
        buf_format(out, "%s%s", i ? "," : "", schema->columns[i].name);
    buf_format(out, "\n# %s: %s. Lines that begin with # are not read.\n", schema->file,
               schema->required ? "required" : "read where it is there");
    for (size_t i = 0; i < schema->column_count; i++)
        add_column(schema, &schema->columns[i], out);
    if (file == REGISTER_POLICY)
        TRY(add_policy(arena, out));
    return out->err;
}

enum err register_write_templates(const char *folder)
{
    struct arena arena;
    struct buf out;
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    buf_init(&out, LIMIT_REGISTER_BYTES);
    enum err err = outfile_make_folder(folder);
    for (int i = 0; i < REGISTER_FILE_COUNT && !err; i++) {
        buf_reset(&out);
        err = register_template(i, &arena, &out);
        if (!err)
            err = outfile_write(folder, register_schemas[i]->file, buf_span(&out));
    }
    buf_free(&out);
    arena_free(&arena);
    return err;
}
