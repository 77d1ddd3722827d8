build-clang/obj/render/view.o: src/render/view.c src/base/banned.h \
  src/render/view.h src/base/arena.h src/lang/bundle.h src/base/diag.h \
  src/base/error.h src/base/text.h src/lang/ast.h \
  src/calendar/calendar.h src/calendar/day.h src/calendar/limit.h \
  src/calendar/zone.h src/vm/vm.h src/bytecode/program.h \
  src/bytecode/opcode.def src/vm/refusal.def

src/base/banned.h:

src/render/view.h:

src/base/arena.h:

src/lang/bundle.h:

src/base/diag.h:

src/base/error.h:

src/base/text.h:

src/lang/ast.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/vm/vm.h:

src/bytecode/program.h:

src/bytecode/opcode.def:

src/vm/refusal.def:
