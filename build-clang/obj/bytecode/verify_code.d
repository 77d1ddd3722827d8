build-clang/obj/bytecode/verify_code.o: src/bytecode/verify_code.c \
  src/base/banned.h src/bytecode/verify_internal.h \
  src/bytecode/program.h src/base/arena.h src/base/error.h \
  src/base/text.h src/calendar/calendar.h src/calendar/day.h \
  src/calendar/limit.h src/calendar/zone.h src/bytecode/opcode.def \
  src/base/limits.h

src/base/banned.h:

src/bytecode/verify_internal.h:

src/bytecode/program.h:

src/base/arena.h:

src/base/error.h:

src/base/text.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/bytecode/opcode.def:

src/base/limits.h:
