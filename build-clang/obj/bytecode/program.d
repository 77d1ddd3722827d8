build-clang/obj/bytecode/program.o: src/bytecode/program.c \
  src/base/banned.h src/bytecode/program.h src/base/arena.h \
  src/base/error.h src/base/text.h src/calendar/calendar.h \
  src/calendar/day.h src/calendar/limit.h src/calendar/zone.h \
  src/bytecode/opcode.def src/base/mem.h

src/base/banned.h:

src/bytecode/program.h:

src/base/arena.h:

src/base/error.h:

src/base/text.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/bytecode/opcode.def:

src/base/mem.h:
