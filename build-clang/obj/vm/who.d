build-clang/obj/vm/who.o: src/vm/who.c src/base/banned.h \
  src/vm/internal.h src/base/error.h src/base/limits.h src/vm/vm.h \
  src/bytecode/program.h src/base/arena.h src/base/text.h \
  src/calendar/calendar.h src/calendar/day.h src/calendar/limit.h \
  src/calendar/zone.h src/bytecode/opcode.def src/vm/refusal.def

src/base/banned.h:

src/vm/internal.h:

src/base/error.h:

src/base/limits.h:

src/vm/vm.h:

src/bytecode/program.h:

src/base/arena.h:

src/base/text.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/bytecode/opcode.def:

src/vm/refusal.def:
