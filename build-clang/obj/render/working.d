build-clang/obj/render/working.o: src/render/working.c src/base/banned.h \
  src/render/working.h src/base/error.h src/base/json.h src/base/text.h \
  src/calendar/limit.h src/calendar/calendar.h src/calendar/day.h \
  src/calendar/zone.h src/render/safe.h

src/base/banned.h:

src/render/working.h:

src/base/error.h:

src/base/json.h:

src/base/text.h:

src/calendar/limit.h:

src/calendar/calendar.h:

src/calendar/day.h:

src/calendar/zone.h:

src/render/safe.h:
