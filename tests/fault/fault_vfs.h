/* A SQLite file system that fails when told to. It stands on the real one and
 * counts what changes a file: writes, syncs, truncations and deletions. At the
 * n-th of them it answers an error, once or from then on, or ends the process as
 * kill -9 or a power cut would: the write in hand is done by half, and after a
 * power cut what was not synced yet is lost in part. */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum FaultKind { FAULT_NONE, FAULT_FULL, FAULT_IO, FAULT_KILL, FAULT_POWER } FaultKind;

typedef struct FaultFile {
    sqlite3_file base;
    sqlite3_file *real; /* directly behind this struct */
} FaultFile;

/* What stood where an unsynced write went. */
typedef struct FaultUndo {
    sqlite3_file *real;
    sqlite3_int64 offset;
    int length;
    unsigned char *bytes; /* owned; zeros beyond the old end */
    struct FaultUndo *older;
} FaultUndo;

static struct FaultPlan {
    FaultKind kind;
    int at;       /* which operation; 0: none */
    bool forever; /* all from that one on */
    int count;    /* operations so far */
    bool struck;
    unsigned seed;
    FaultUndo *undo;
} fault;

#define FAULT_EXIT 137

static sqlite3_vfs fault_vfs;

static sqlite3_vfs *fault_real_vfs(void)
{
    return fault_vfs.pAppData;
}

static sqlite3_file *fault_real(sqlite3_file *file)
{
    return ((FaultFile *)(void *)file)->real;
}

/* Loses about half of what was not synced, in any order, as a disk may. */
static void fault_lose_unsynced(void)
{
    for (FaultUndo *undo = fault.undo; undo; undo = undo->older) {
        fault.seed = fault.seed * 1103515245 + 12345;
        if (fault.seed >> 16 & 1)
            undo->real->pMethods->xWrite(undo->real, undo->bytes, undo->length, undo->offset);
    }
}

static void fault_end_process(void)
{
    if (fault.kind == FAULT_POWER)
        fault_lose_unsynced();
    _exit(FAULT_EXIT);
}

/* Is it this operation's turn? For a kill the caller does its half first. */
static bool fault_strikes(void)
{
    fault.count++;
    bool now =
        fault.at > 0 && (fault.forever ? fault.count >= fault.at : fault.count == fault.at);
    fault.struck |= now;
    return now;
}

static int fault_answer(int io_error)
{
    if (fault.kind >= FAULT_KILL)
        fault_end_process();
    return fault.kind == FAULT_FULL ? SQLITE_FULL : io_error;
}

static void fault_remember(sqlite3_file *real, int length, sqlite3_int64 offset)
{
    if (fault.kind != FAULT_POWER)
        return;
    FaultUndo *undo = malloc(sizeof *undo);
    *undo = (FaultUndo){real, offset, length, calloc(1, (size_t)length), fault.undo};
    real->pMethods->xRead(real, undo->bytes, length, offset);
    fault.undo = undo;
}

static void fault_forget(const sqlite3_file *real)
{
    for (FaultUndo **at = &fault.undo; *at;) {
        FaultUndo *undo = *at;
        if (undo->real != real) {
            at = &undo->older;
            continue;
        }
        *at = undo->older;
        free(undo->bytes);
        free(undo);
    }
}

/* ---- what can fail ------------------------------------------------------------------ */

static int fault_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    sqlite3_file *real = fault_real(file);
    if (fault_strikes()) {
        fault_remember(real, count / 2, offset);
        if (fault.kind != FAULT_FULL)
            real->pMethods->xWrite(real, bytes, count / 2, offset);
        return fault_answer(SQLITE_IOERR_WRITE);
    }
    fault_remember(real, count, offset);
    return real->pMethods->xWrite(real, bytes, count, offset);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (fault_strikes())
        return fault_answer(SQLITE_IOERR_TRUNCATE);
    return fault_real(file)->pMethods->xTruncate(fault_real(file), size);
}

static int fault_sync(sqlite3_file *file, int flags)
{
    if (fault_strikes())
        return fault_answer(SQLITE_IOERR_FSYNC);
    fault_forget(fault_real(file));
    return fault_real(file)->pMethods->xSync(fault_real(file), flags);
}

static int fault_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    if (fault_strikes())
        return fault_answer(SQLITE_IOERR_DELETE);
    return fault_real_vfs()->xDelete(fault_real_vfs(), name, sync);
}

/* ---- what is passed on --------------------------------------------------------------- */

#define PASS(file, method, ...)                                                                \
    fault_real(file)->pMethods->method(fault_real(file), __VA_ARGS__)

static int fault_close(sqlite3_file *file)
{
    fault_forget(fault_real(file));
    return fault_real(file)->pMethods->xClose(fault_real(file));
}
static int fault_read(sqlite3_file *f, void *bytes, int count, sqlite3_int64 offset)
{
    return PASS(f, xRead, bytes, count, offset);
}
static int fault_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return PASS(f, xFileSize, size);
}
static int fault_lock(sqlite3_file *f, int level)
{
    return PASS(f, xLock, level);
}
static int fault_unlock(sqlite3_file *f, int level)
{
    return PASS(f, xUnlock, level);
}
static int fault_check_lock(sqlite3_file *f, int *locked)
{
    return PASS(f, xCheckReservedLock, locked);
}
static int fault_control(sqlite3_file *f, int what, void *argument)
{
    return PASS(f, xFileControl, what, argument);
}
static int fault_sector(sqlite3_file *f)
{
    return fault_real(f)->pMethods->xSectorSize(fault_real(f));
}
static int fault_traits(sqlite3_file *f)
{
    return fault_real(f)->pMethods->xDeviceCharacteristics(fault_real(f));
}
static int fault_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **at)
{
    return PASS(f, xShmMap, page, size, extend, at);
}
static int fault_shm_lock(sqlite3_file *f, int offset, int count, int flags)
{
    return PASS(f, xShmLock, offset, count, flags);
}
static void fault_shm_barrier(sqlite3_file *f)
{
    fault_real(f)->pMethods->xShmBarrier(fault_real(f));
}
static int fault_shm_unmap(sqlite3_file *f, int remove)
{
    return PASS(f, xShmUnmap, remove);
}

static const sqlite3_io_methods fault_methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_check_lock,
    .xFileControl = fault_control,
    .xSectorSize = fault_sector,
    .xDeviceCharacteristics = fault_traits,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
};

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                      int *out)
{
    FaultFile *own = (FaultFile *)(void *)file;
    (void)vfs;
    own->real = (sqlite3_file *)(void *)(own + 1);
    int answer = fault_real_vfs()->xOpen(fault_real_vfs(), name, own->real, flags, out);
    own->base.pMethods = answer == SQLITE_OK ? &fault_methods : NULL;
    return answer;
}

/* Makes the file system "fault" known. */
static void fault_register(void)
{
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    if (fault_vfs.zName)
        return;
    fault_vfs = *real;
    fault_vfs.zName = "fault";
    fault_vfs.pNext = NULL;
    fault_vfs.pAppData = real;
    fault_vfs.szOsFile = (int)sizeof(FaultFile) + real->szOsFile;
    fault_vfs.xOpen = fault_open;
    fault_vfs.xDelete = fault_delete;
    sqlite3_vfs_register(&fault_vfs, 0);
}

static void fault_plan(FaultKind kind, int at, bool forever)
{
    fault = (struct FaultPlan){
        .kind = kind, .at = at, .forever = forever, .seed = (unsigned)at * 2654435761u + 1};
}
