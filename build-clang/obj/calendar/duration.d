build-clang/obj/calendar/duration.o: src/calendar/duration.c \
  src/base/banned.h src/base/limits.h src/calendar/limit.h \
  src/base/error.h src/base/text.h src/calendar/calendar.h \
  src/calendar/day.h src/calendar/zone.h

src/base/banned.h:

src/base/limits.h:

src/calendar/limit.h:

src/base/error.h:

src/base/text.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/zone.h:
