build-clang/obj/render/condition_words.o: src/render/condition_words.c \
  src/base/banned.h src/render/flow_words.h src/base/text.h \
  src/lang/ast.h src/base/diag.h src/base/arena.h \
  src/calendar/calendar.h src/base/error.h src/calendar/day.h \
  src/calendar/limit.h src/calendar/zone.h src/render/safe.h

src/base/banned.h:

src/render/flow_words.h:

src/base/text.h:

src/lang/ast.h:

src/base/diag.h:

src/base/arena.h:

src/calendar/calendar.h:

src/base/error.h:

src/calendar/day.h:

src/calendar/limit.h:

src/calendar/zone.h:

src/render/safe.h:
