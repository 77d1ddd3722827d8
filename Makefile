# casewright. Two commands matter on a fresh machine: make demo, make test.
# Everything generated goes to $(BUILD).
BUILD   ?= build
PREFIX  ?= /usr/local
CC      ?= gcc
VERSION := 0.1.0

# `make V=1` shows the commands; tests and demo build with as many jobs as there are cores.
JOBS ?= $(shell nproc)
Q := $(if $(V),,@)
SAY = $(if $(V),,@echo "  $(1)" $(patsubst $(BUILD)/%,%,$@))

WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Werror
CFLAGS  ?= -O2 -g
CPPFLAGS += -Isrc -I$(BUILD)/gen -D_GNU_SOURCE -DCASEWRIGHT_VERSION='"$(VERSION)"' \
            -DCASEWRIGHT_STDLIB='"$(PREFIX)/share/casewright/stdlib"'
ALL_CFLAGS := -std=c17 -fvisibility=hidden $(WARN) -include base/banned.h $(CFLAGS)
GEN_CFLAGS := -std=c17 -fvisibility=hidden -Wall -Wno-unused-parameter -Wno-unused-variable -Wno-unknown-warning-option -Werror=switch-outside-range $(CFLAGS)
LDLIBS  := -lsqlite3 -ljansson -lsodium -lnettle -lexpat -lz -lm -pthread

LAYERS  := base calendar lang bytecode compile vm analysis store log sim replay render api
SRC     := $(foreach layer,$(LAYERS),$(wildcard src/$(layer)/*.c))
CLI_SRC := $(wildcard src/cli/*.c)
GEN_OBJ := $(if $(wildcard grammar/flow.y),$(BUILD)/obj/gen/flow.o $(BUILD)/obj/gen/lexer.o)
OBJ     := $(SRC:src/%.c=$(BUILD)/obj/%.o) $(GEN_OBJ)
CLI_OBJ := $(CLI_SRC:src/%.c=$(BUILD)/obj/%.o)
LIB     := $(BUILD)/libcasewright.a
PROGRAM := $(BUILD)/casewright
UNIT_SRC := $(wildcard tests/unit/*/test_*.c)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

.PHONY: all
all: $(if $(wildcard src/cli/main.c),$(PROGRAM),$(LIB))

$(PROGRAM): $(CLI_OBJ) $(LIB)
	$(call SAY,cc)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIB): $(OBJ)
	@rm -f $@
	$(call SAY,ar)
	$(Q)$(AR) rcs $@ $^

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(call SAY,cc)
	$(Q)$(CC) $(CPPFLAGS) $(GEN_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(call SAY,cc)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The generators write into a scratch folder first: lemon leaves its output
# behind also when it found a conflict.
$(BUILD)/gen/flow.c: grammar/flow.y grammar/fallback.sh src/lang/keywords.def
	@mkdir -p $(BUILD)/gen/tmp
	sh grammar/fallback.sh grammar/flow.y src/lang/keywords.def >$(BUILD)/gen/tmp/flow.y
	$(call SAY,lemon)
	$(Q)lemon -c -q -d$(BUILD)/gen/tmp $(BUILD)/gen/tmp/flow.y && \
	    mv $(BUILD)/gen/tmp/flow.c $(BUILD)/gen/tmp/flow.h $(BUILD)/gen/

$(BUILD)/gen/lexer.c: grammar/flow.re $(BUILD)/gen/flow.c
	@mkdir -p $(@D)
	$(call SAY,re2c)
	$(Q)re2c -W -Werror --input-encoding utf8 --no-generation-date -o $@ $<

$(filter $(BUILD)/obj/lang/%,$(OBJ)): $(if $(wildcard grammar/flow.y),$(BUILD)/gen/flow.c)

# The sentences of grammar/messages.txt, each under the parser state in which its
# wrong examples are refused: found out by running the parser on them.
MESSAGE_OBJ := $(filter-out $(BUILD)/obj/lang/messages.o,\
    $(filter $(BUILD)/obj/base/% $(BUILD)/obj/calendar/% $(BUILD)/obj/lang/%,$(OBJ)) $(GEN_OBJ))

$(BUILD)/gen/make-messages: grammar/make_messages.c $(MESSAGE_OBJ)
	$(call SAY,cc)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^

$(BUILD)/gen/messages_table.h: grammar/messages.txt $(BUILD)/gen/make-messages
	$(BUILD)/gen/make-messages $< >$@.tmp && mv $@.tmp $@

$(BUILD)/obj/lang/messages.o: $(BUILD)/gen/messages_table.h

# The pages of explain: each line of the text a string, without the comments.
$(BUILD)/gen/explanations_table.h: src/analysis/explanations.txt
	@mkdir -p $(@D)
	$(Q)sed -e '/^#/d' -e 's/[\\"]/\\&/g' -e 's/.*/    "&",/' $< >$@.tmp && mv $@.tmp $@

$(BUILD)/obj/analysis/explanation.o: $(BUILD)/gen/explanations_table.h

# Unit tests: one program each, named like the module. cmocka is built on setjmp,
# so the banned names are not banned there.
.PHONY: unit
unit: $(UNIT_BIN)
	@tests/run-unit.sh $(UNIT_BIN)

# What the tests of one folder share stands beside them, under another name.
.SECONDEXPANSION:
$(BUILD)/unit/%: tests/unit/%.c $$(filter-out $$(UNIT_SRC),$$(wildcard tests/unit/$$(*D)/*.c)) $(LIB)
	@mkdir -p $(@D)
	$(call SAY,cc)
	$(Q)$(CC) $(CPPFLAGS) -Itests/unit $(filter-out -Wpedantic -include base/banned.h,$(ALL_CFLAGS)) -MMD -MP -o $@ $(filter %.c,$^) $(LIB) $(LDFLAGS) $(LDLIBS) -lcmocka -lexpat

# The lines of src keep to their layers; each header stands alone.
.PHONY: layers headers
layers:
	@tests/layers.sh
headers: $(if $(wildcard grammar/flow.y),$(BUILD)/gen/lexer.c $(BUILD)/gen/messages_table.h)
	@tests/headers.sh $(BUILD)

# One small flow, or one short session, per behaviour, with what it must print.
.PHONY: golden accept
golden: all $(BUILD)/validate $(BUILD)/reports
	@status=0; for suite in tests/golden/run-*.sh; do $$suite $(PROGRAM) || status=1; done; exit $$status
accept: all $(BUILD)/validate $(BUILD)/reports
	@for suite in tests/golden/run-*.sh $$(grep -l ACCEPT tests/docs/run*.sh); do \
	    ACCEPT=1 $$suite $(PROGRAM) || true; done; git diff --stat tests/golden docs README.md

# Hold what is printed for machines against docs/schemas, and reports against what
# their readers expect.
$(BUILD)/validate $(BUILD)/reports: $(BUILD)/%: tests/golden/schema/%.c
	@mkdir -p $(@D)
	$(call SAY,cc)
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -include base/banned.h,$(ALL_CFLAGS)) -o $@ $< $(LDFLAGS) -ljansson -lexpat

# Full disks, failing writes, killed processes, two writers.
FAULT_SRC := $(wildcard tests/fault/test_*.c)
FAULT_BIN := $(FAULT_SRC:tests/%.c=$(BUILD)/%)
.PHONY: fault
fault: all $(FAULT_BIN)
	@tests/run-fault.sh $(PROGRAM) $(FAULT_BIN)

$(BUILD)/fault/%: tests/fault/%.c $(filter-out $(FAULT_SRC),$(wildcard tests/fault/*.c)) $(LIB)
	@mkdir -p $(@D)
	$(call SAY,cc)
	$(Q)$(CC) $(CPPFLAGS) -Itests/fault $(filter-out -Wpedantic -include base/banned.h,$(ALL_CFLAGS)) -MMD -MP -o $@ $(filter %.c,$^) $(LIB) $(LDFLAGS) $(LDLIBS) -lcmocka

# Everything; the last line is the sum.
.PHONY: test
test: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@tests/run-all.sh $(BUILD)

# The same under the address and undefined-behaviour sanitizers.
.PHONY: san
san: deps
	@mkdir -p $(BUILD)/san && ln -sfn ../stdlib $(BUILD)/stdlib # where the program looks beside itself
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/san LDFLAGS="$(SANITIZE)" \
	    CFLAGS="-O1 -g -fno-omit-frame-pointer $(SANITIZE)" all
	@LDFLAGS="$(SANITIZE)" CFLAGS="-O1 -g -fno-omit-frame-pointer $(SANITIZE)" tests/run-all.sh $(BUILD)/san
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# Each benchmark with its hand-written limit, in one run.
BENCH_SRC := $(wildcard bench/bench_*.c)
BENCH_BIN := $(BENCH_SRC:%.c=$(BUILD)/%)
.PHONY: bench
bench: all $(BENCH_BIN)
	@bench/run.sh $(BUILD)

$(BUILD)/bench/%: bench/%.c $(filter-out $(BENCH_SRC),$(wildcard bench/*.c)) $(LIB)
	@mkdir -p $(@D)
	$(call SAY,cc)
	$(Q)$(CC) $(CPPFLAGS) -Ibench $(ALL_CFLAGS) -MMD -MP -o $@ $(filter %.c,$^) $(LIB) $(LDFLAGS) $(LDLIBS)

# The program, its library and header, the standard library, the manual pages and
# what the shells complete; the last two are made by the program from its tables.
SHARE = $(DESTDIR)$(PREFIX)/share
COMMANDS = $(shell sed -n 's/^COMMAND."\([^"]*\)".*/\1/p' src/cli/commands.def)
.PHONY: install
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include
	install $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/
	install -m 644 src/api/casewright.h $(DESTDIR)$(PREFIX)/include/
	for folder in stdlib/*; do \
	    install -d $(SHARE)/casewright/$$folder; \
	    install -m 644 $$folder/*.flow $(SHARE)/casewright/$$folder/; done
	install -d $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	    $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	$(PROGRAM) help --man >$(SHARE)/man/man1/casewright.1
	for command in $(COMMANDS); do \
	    $(PROGRAM) help --man $$command >$(SHARE)/man/man1/casewright-$$command.1 || exit 1; done
	$(PROGRAM) help --completion bash >$(SHARE)/bash-completion/completions/casewright
	$(PROGRAM) help --completion zsh >$(SHARE)/zsh/site-functions/_casewright
	$(PROGRAM) help --completion fish >$(SHARE)/fish/vendor_completions.d/casewright.fish

# What a fresh Debian 12 lacks; git and make are there.
DEPS := gcc libc6-dev lemon re2c libsqlite3-dev libjansson-dev libsodium-dev libcmocka-dev \
        libexpat1-dev nettle-dev zlib1g-dev graphviz

.PHONY: deps
deps:
	@missing=$$(for package in $(DEPS); do \
	    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q '^install ok' || \
	    echo $$package; done); \
	if [ -n "$$missing" ]; then \
	    echo "installing" $$missing; \
	    as_root=; [ "$$(id -u)" -eq 0 ] || as_root=sudo; \
	    $$as_root apt-get update -q && $$as_root apt-get install -q -y $$missing; \
	fi

# One story for each policy, in a rehearsal database.
.PHONY: demo
demo: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@workflows/demo/run.sh $(BUILD)

# The documents say what is there.
.PHONY: docs
docs: all
	@status=0; for suite in tests/docs/run*.sh; do $$suite $(PROGRAM) || status=1; done; exit $$status

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT_BIN:=.d) $(FAULT_BIN:=.d) $(BENCH_BIN:=.d)
