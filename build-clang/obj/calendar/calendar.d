build-clang/obj/calendar/calendar.o: src/calendar/calendar.c \
  src/base/banned.h src/calendar/calendar.h src/base/error.h \
  src/calendar/day.h src/calendar/calendar_internal.h

src/base/banned.h:

src/calendar/calendar.h:

src/base/error.h:

src/calendar/day.h:

src/calendar/calendar_internal.h:
