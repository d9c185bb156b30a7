# tredjepart - see README.md. BUILD names the flavour: dev (default), asan, tsan, fuzz.
BUILD  ?= dev
PREFIX ?= /usr/local
B      := $(if $(filter dev,$(BUILD)),build,build-$(BUILD))

WARN     := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wno-missing-braces
CFLAGS_dev  := -O2 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
ifeq ($(BUILD),fuzz)
CC := clang
endif
VERSION  := $(shell cat scripts/version)
CPPFLAGS := -D_GNU_SOURCE -DTREDJEPART_VERSION='"$(VERSION)"' -Ipipeline -Istages
CFLAGS   += -std=c11 $(WARN) $(CFLAGS_$(BUILD)) -fstack-protector-strong -pthread
LDLIBS   := -ldeflate -lz -lbrotlidec -lzstd -llmdb -lpsl -lidn2 -ljansson -lcsv -lcrypto -lxxhash -lseccomp -larchive -lm
LDFLAGS  += -pthread

LIB_C   := $(wildcard pipeline/*/*.c stages/*/*.c)
APP_C   := $(wildcard pipeline/*.c)
UNIT_C  := $(wildcard tests/unit/test_*.c)
FUZZ_C  := $(wildcard tests/fuzz/fuzz_*.c)
BENCH_C := $(filter-out bench/counted.c,$(wildcard bench/*.c))

LIB_O  := $(LIB_C:%.c=$(B)/%.o)
APP_O  := $(APP_C:%.c=$(B)/%.o)
LIB    := $(B)/libtredjepart.a
UNIT   := $(UNIT_C:%.c=$(B)/%)
FUZZ   := $(FUZZ_C:%.c=$(B)/%)
REPLAY := $(FUZZ_C:tests/fuzz/fuzz_%.c=$(B)/tests/fuzz/replay_%)
BENCH  := $(B)/bench/bench

MAKEFLAGS += --no-print-directory
ifndef V
.SILENT:
endif

all: $(B)/tredjepart
$(B)/tredjepart: $(APP_O) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(LIB): $(LIB_O)
	@rm -f $@
	$(AR) rcs $@ $^
$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The built-in layer of the catalogue is put in by the assembler, which writes no dependencies.
$(B)/stages/5_judge/layer_built_in.o: $(wildcard stages/5_judge/base_catalogue/*.csv)

# Unit tests link cmocka and, as benches, libgumbo; fuzz targets libFuzzer; replay runs a fuzz target over files without the fuzzer.
$(B)/tests/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIB) -lcmocka -lgumbo $(LDLIBS)
$(B)/tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -Wno-missing-prototypes -fsanitize=fuzzer $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS)
$(B)/tests/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -Wno-missing-prototypes $(LDFLAGS) -o $@ $< tests/fuzz/replay.c $(LIB) $(LDLIBS)
$(B)/bench/%.o: CPPFLAGS += -Itests
$(BENCH): $(BENCH_C:%.c=$(B)/%.o) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lgumbo $(LDLIBS)
$(B)/bench/counted.so: bench/counted.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-missing-prototypes -shared -fPIC -o $@ $<

lib: $(LIB)
unit: $(UNIT)
replay: $(REPLAY)
fuzzers: $(FUZZ)
benches: $(BENCH) $(B)/bench/counted.so

# On a fresh machine: these two install what is missing first (scripts/install-deps names all packages).
demo:
	scripts/install-deps
	$(MAKE) all
	scripts/demo
test:
	scripts/install-deps
	tests/run

check: all
	tests/run --quick
rules: all
	scripts/rules
accept: all
	tests/run --accept
fuzz:
	$(MAKE) BUILD=fuzz fuzzers
	scripts/fuzz
bench: all benches
	bench/measure --results bench/RESULTS.md --json $(B)/bench/results.json
format:
	clang-format -i $(wildcard pipeline/*.[ch] pipeline/*/*.[ch] stages/*/*.[ch] tests/*.h tests/*/*.[ch] bench/*.[ch])
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(B)/tredjepart $(DESTDIR)$(PREFIX)/bin/tredjepart
	install -m 644 scripts/tredjepart.1 $(DESTDIR)$(PREFIX)/share/man/man1/tredjepart.1
clean:
	rm -rf build build-asan build-tsan build-fuzz

.PHONY: all lib unit replay fuzzers benches demo test check rules accept fuzz bench format install clean
.SECONDARY:

-include $(shell find $(B) -name '*.d' 2>/dev/null)
