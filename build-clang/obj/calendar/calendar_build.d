build-clang/obj/calendar/calendar_build.o: src/calendar/calendar_build.c \
  src/base/banned.h src/base/limits.h src/base/mem.h \
  src/calendar/calendar_internal.h src/calendar/calendar.h \
  src/base/error.h src/calendar/day.h

src/base/banned.h:

src/base/limits.h:

src/base/mem.h:

src/calendar/calendar_internal.h:

src/calendar/calendar.h:

src/base/error.h:

src/calendar/day.h:
