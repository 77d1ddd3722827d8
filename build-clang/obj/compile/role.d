build-clang/obj/compile/role.o: src/compile/role.c src/base/banned.h \
  src/base/mem.h src/compile/compile_internal.h src/bytecode/program.h \
  src/base/arena.h src/base/error.h src/base/text.h \
  src/calendar/calendar.h src/calendar/day.h src/calendar/limit.h \
  src/calendar/zone.h src/bytecode/opcode.def src/compile/compile.h \
  src/lang/bundle.h src/base/diag.h src/lang/ast.h \
  src/compile/tables.def

src/base/banned.h:

src/base/mem.h:

src/compile/compile_internal.h:

src/bytecode/program.h:

src/base/arena.h:

src/base/error.h:

src/base/text.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/bytecode/opcode.def:

src/compile/compile.h:

src/lang/bundle.h:

src/base/diag.h:

src/lang/ast.h:

src/compile/tables.def:
