/* Forced into every compile of ours (-include): these have no safe use, or
 * read the locale, the clock or the zone of the machine. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atof
#pragma GCC poison localtime gmtime mktime strftime setlocale setjmp longjmp
