build-clang/obj/render/case_words.o: src/render/case_words.c \
  src/base/banned.h src/render/case_words.h src/base/text.h \
  src/render/flow_words.h src/lang/ast.h src/base/diag.h \
  src/base/arena.h src/calendar/calendar.h src/base/error.h \
  src/calendar/day.h src/calendar/limit.h src/calendar/zone.h \
  src/render/view.h src/lang/bundle.h src/vm/vm.h src/bytecode/program.h \
  src/bytecode/opcode.def src/vm/refusal.def src/render/safe.h

src/base/banned.h:

src/render/case_words.h:

src/base/text.h:

src/render/flow_words.h:

src/lang/ast.h:

src/base/diag.h:

src/base/arena.h:

src/calendar/calendar.h:

src/base/error.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/render/view.h:

src/lang/bundle.h:

src/vm/vm.h:

src/bytecode/program.h:

src/bytecode/opcode.def:

src/vm/refusal.def:

src/render/safe.h:
