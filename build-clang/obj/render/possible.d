build-clang/obj/render/possible.o: src/render/possible.c \
  src/base/banned.h src/render/possible.h src/base/text.h \
  src/render/view.h src/base/arena.h src/lang/bundle.h src/base/diag.h \
  src/base/error.h src/lang/ast.h src/calendar/calendar.h \
  src/calendar/day.h src/calendar/limit.h src/calendar/zone.h \
  src/vm/vm.h src/bytecode/program.h src/bytecode/opcode.def \
  src/vm/refusal.def src/base/mem.h src/render/case_words.h \
  src/render/flow_words.h src/render/guards.h src/render/safe.h

src/base/banned.h:

src/render/possible.h:

src/base/text.h:

src/render/view.h:

src/base/arena.h:

src/lang/bundle.h:

src/base/diag.h:

src/base/error.h:

src/lang/ast.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/vm/vm.h:

src/bytecode/program.h:

src/bytecode/opcode.def:

src/vm/refusal.def:

src/base/mem.h:

src/render/case_words.h:

src/render/flow_words.h:

src/render/guards.h:

src/render/safe.h:
