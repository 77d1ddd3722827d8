build-clang/obj/calendar/hours.o: src/calendar/hours.c src/base/banned.h \
  src/calendar/limit_internal.h src/calendar/limit.h src/base/error.h \
  src/base/text.h src/calendar/calendar.h src/calendar/day.h \
  src/calendar/zone.h

src/base/banned.h:

src/calendar/limit_internal.h:

src/calendar/limit.h:

src/base/error.h:

src/base/text.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/zone.h:
