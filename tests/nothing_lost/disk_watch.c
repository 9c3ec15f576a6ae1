/* Preloaded into the real program: writes down what it does to the files of one folder, in order and with
   its content, and lets the n-th step on them fail. See disk_watch.py for how it is asked. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define HANDLES 65536
#define ONCE 1
#define SHORT 2
#define FULL 3

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int log_handle = -1;
static unsigned char watched[HANDLES];

/* How the disk fails: the `fails_at`-th step from now on, with an error, in one of the three ways above. */
static long fails_at, steps, failed;
static int failure, manner;

/* ---- what Python asks for ------------------------------------------------------------------------- */

void disk_watch_fail(const char *folder, long nth, int error, int how)
{
    pthread_mutex_lock(&turn);
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    fails_at = nth, failure = error, manner = how, steps = 0, failed = 0;
    pthread_mutex_unlock(&turn);
}

long disk_watch_steps(void) { return steps; }

long disk_watch_failed(void) { return failed; }

__attribute__((constructor)) static void begin(void)
{
    const char *folder = getenv("DISK_WATCH_FOLDER"), *log = getenv("DISK_WATCH_LOG");
    if (folder) {
        snprintf(root, sizeof root, "%s", folder);
        root_length = strlen(root);
    }
    if (folder && log)
        log_handle = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* ---- names ---------------------------------------------------------------------------------------- */

static int inside(const char *path)
{
    return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static int is_index(const char *path)
{
    size_t length = strlen(path); /* SQLite's -shm is memory: it is made anew from the log. */
    return length > 4 && !strcmp(path + length - 4, "-shm");
}

static int path_of_handle(int handle, char *into)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, into, PATH_MAX - 1);
    if (length < 0) return 0;
    into[length] = 0;
    return 1;
}

static int full_path(int folder, const char *path, char *into)
{
    char before[PATH_MAX];
    if (path[0] == '/') {
        snprintf(into, PATH_MAX, "%s", path);
        return inside(into);
    }
    if (folder == AT_FDCWD ? !getcwd(before, sizeof before) : !path_of_handle(folder, before)) return 0;
    if ((size_t)snprintf(into, PATH_MAX, "%s/%s", before, path) >= PATH_MAX) return 0;
    return inside(into);
}

static int is_watched(int handle) { return handle >= 0 && handle < HANDLES && watched[handle]; }

/* ---- the record ----------------------------------------------------------------------------------- */

struct head {
    uint64_t inode, place;
    uint32_t first, second;
    char kind, unused[7];
};

static void note(char kind, uint64_t inode, uint64_t place, const void *one, size_t first, const void *two,
                 size_t second)
{
    if (log_handle < 0) return;
    struct head head = {inode, place, (uint32_t)first, (uint32_t)second, kind, {0}};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)one, first}, {(void *)two, second}};
    if (syscall(SYS_writev, log_handle, parts, 3) != (long)(sizeof head + first + second)) abort();
}

static void note_name(char kind, const char *one, const char *two, uint64_t inode)
{
    if (!is_index(one)) note(kind, inode, 0, one, strlen(one), two, two ? strlen(two) : 0);
}

static uint64_t inode_of(int handle, off_t *size)
{
    struct stat found;
    if (fstat(handle, &found)) return 0;
    if (size) *size = found.st_size;
    return found.st_ino;
}

/* ---- the failure ---------------------------------------------------------------------------------- */

/* Whether this step fails. NEEDS_ROOM: a disk that stays full refuses nothing else; FREES: no full disk does. */
#define NEEDS_ROOM 1
#define FREES (-1)
static int fails(int room)
{
    if (!fails_at || (room == FREES && failure == ENOSPC)) return 0;
    if (manner == FULL && room != NEEDS_ROOM) return 0;
    if (++steps < fails_at || (manner == ONCE && steps > fails_at)) return 0;
    if (manner == SHORT && steps > fails_at + 1) return 0;
    failed++;
    errno = failure;
    return 1;
}

/* ---- opening -------------------------------------------------------------------------------------- */

static int opened(int folder, const char *path, int flags, mode_t mode)
{
    char full[PATH_MAX];
    if (!full_path(folder, path, full)) return (int)syscall(SYS_openat, folder, path, flags, mode);
    pthread_mutex_lock(&turn);
    struct stat before;
    int creates = (flags & O_CREAT) && stat(full, &before), empties = (flags & O_TRUNC) && !creates;
    int handle = -1;
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    if (!((creates || writes) && fails(creates ? NEEDS_ROOM : FREES))) {
        handle = (int)syscall(SYS_openat, folder, path, flags, mode);
        if (handle >= 0 && handle < HANDLES) {
            watched[handle] = log_handle < 0 || !is_index(full);
            if (creates) note_name('O', full, NULL, inode_of(handle, NULL));
            else if (empties && watched[handle]) note('T', inode_of(handle, NULL), 0, NULL, 0, NULL, 0);
        }
    }
    int error = errno;
    pthread_mutex_unlock(&turn);
    errno = error;
    return handle;
}

#define OPENS(name)                                                                                        \
    int name(const char *path, int flags, ...)                                                             \
    {                                                                                                      \
        va_list rest;                                                                                      \
        va_start(rest, flags);                                                                             \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;                          \
        va_end(rest);                                                                                      \
        return opened(AT_FDCWD, path, flags, mode);                                                        \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                                                     \
    int name(int folder, const char *path, int flags, ...)                                                 \
    {                                                                                                      \
        va_list rest;                                                                                      \
        va_start(rest, flags);                                                                             \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;                          \
        va_end(rest);                                                                                      \
        return opened(folder, path, flags, mode);                                                          \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

int close(int handle)
{
    if (handle >= 0 && handle < HANDLES) watched[handle] = 0;
    return (int)syscall(SYS_close, handle);
}

/* ---- writing -------------------------------------------------------------------------------------- */

static ssize_t written(int handle, const void *bytes, size_t count, off_t place)
{
    if (handle == 1 && place < 0) { /* What is said is in the record too: an acknowledgement, in its order. */
        pthread_mutex_lock(&turn);
        ssize_t said = syscall(SYS_write, handle, bytes, count);
        if (said > 0) note('A', 0, 0, bytes, (size_t)said, NULL, 0);
        pthread_mutex_unlock(&turn);
        return said;
    }
    if (!is_watched(handle))
        return place < 0 ? syscall(SYS_write, handle, bytes, count)
                         : syscall(SYS_pwrite64, handle, bytes, count, place);
    pthread_mutex_lock(&turn);
    off_t size = 0, at = place < 0 ? (off_t)syscall(SYS_lseek, handle, 0, SEEK_CUR) : place;
    uint64_t inode = inode_of(handle, &size);
    if (place < 0 && ((int)syscall(SYS_fcntl, handle, F_GETFL) & O_APPEND)) at = size;
    ssize_t done = -1;
    int half = 0;
    if (fails(at + (off_t)count > size) && !(half = manner == SHORT && failed == 1 && count > 1)) {
        pthread_mutex_unlock(&turn);
        errno = failure;
        return -1;
    }
    if (half) count /= 2;
    done = place < 0 ? syscall(SYS_write, handle, bytes, count)
                     : syscall(SYS_pwrite64, handle, bytes, count, place);
    int error = errno;
    if (done > 0) note('W', inode, (uint64_t)at, bytes, (size_t)done, NULL, 0);
    pthread_mutex_unlock(&turn);
    errno = error;
    return done;
}

ssize_t write(int handle, const void *bytes, size_t count) { return written(handle, bytes, count, -1); }
ssize_t pwrite(int handle, const void *bytes, size_t count, off_t place)
{
    return written(handle, bytes, count, place);
}
ssize_t pwrite64(int handle, const void *bytes, size_t count, off_t place)
{
    return written(handle, bytes, count, place);
}

/* What the kernel copies by itself is read back. */
static void copied(int into, off_t at, ssize_t count)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", into);
    int again = (int)syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
    char *bytes = malloc((size_t)count);
    if (again < 0 || !bytes || syscall(SYS_pread64, again, bytes, count, at) != count) abort();
    note('W', inode_of(into, NULL), (uint64_t)at, bytes, (size_t)count, NULL, 0);
    free(bytes);
    syscall(SYS_close, again);
}

static ssize_t copies(int number, int into, int from, off_t *from_at, off_t *into_at, size_t count)
{
    pthread_mutex_lock(&turn);
    off_t at = into_at ? *into_at : (off_t)syscall(SYS_lseek, into, 0, SEEK_CUR);
    ssize_t done = -1;
    if (!(is_watched(into) && fails(NEEDS_ROOM)))
        done = number == SYS_sendfile ? syscall(SYS_sendfile, into, from, from_at, count)
                                      : syscall(SYS_copy_file_range, from, from_at, into, into_at, count, 0);
    int error = errno;
    if (done > 0 && is_watched(into) && log_handle >= 0) copied(into, at, done);
    pthread_mutex_unlock(&turn);
    errno = error;
    return done;
}

ssize_t sendfile(int into, int from, off_t *at, size_t count)
{
    return copies(SYS_sendfile, into, from, at, NULL, count);
}
ssize_t sendfile64(int into, int from, off_t *at, size_t count)
{
    return copies(SYS_sendfile, into, from, at, NULL, count);
}
ssize_t copy_file_range(int from, off_t *from_at, int into, off_t *into_at, size_t count, unsigned flags)
{
    (void)flags;
    return copies(SYS_copy_file_range, into, from, from_at, into_at, count);
}

static int cut(int handle, off_t length)
{
    if (!is_watched(handle)) return (int)syscall(SYS_ftruncate, handle, length);
    pthread_mutex_lock(&turn);
    off_t size = 0;
    uint64_t inode = inode_of(handle, &size);
    int done = -1;
    if (!fails(length > size ? NEEDS_ROOM : FREES)) done = (int)syscall(SYS_ftruncate, handle, length);
    int error = errno;
    if (!done) note('T', inode, (uint64_t)length, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    errno = error;
    return done;
}

int ftruncate(int handle, off_t length) { return cut(handle, length); }
int ftruncate64(int handle, off_t length) { return cut(handle, length); }

/* ---- to the disk ---------------------------------------------------------------------------------- */

static int synced(int number, int handle)
{
    char path[PATH_MAX];
    struct stat found;
    int folder = !fstat(handle, &found) && S_ISDIR(found.st_mode) && path_of_handle(handle, path) && inside(path);
    if (!folder && !is_watched(handle)) return (int)syscall(number, handle);
    pthread_mutex_lock(&turn);
    int done = -1;
    if (!fails(0)) done = 0; /* The record says what is on the disk: the real one need not be waited for. */
    int error = errno;
    if (!done && folder) note_name('D', path, NULL, 0);
    else if (!done) note('S', found.st_ino, 0, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    errno = error;
    return done;
}

int fsync(int handle) { return synced(SYS_fsync, handle); }
int fdatasync(int handle) { return synced(SYS_fdatasync, handle); }

/* ---- names that change ----------------------------------------------------------------------------- */

#define NAME_STEP(kind, room, one, two, call)                                                              \
    pthread_mutex_lock(&turn);                                                                             \
    int done = -1;                                                                                         \
    if (!fails(room)) done = (int)(call);                                                                  \
    int error = errno;                                                                                     \
    if (!done) note_name(kind, one, two, 0);                                                               \
    pthread_mutex_unlock(&turn);                                                                           \
    errno = error;                                                                                         \
    return done

int renameat(int old_folder, const char *old, int new_folder, const char *new)
{
    char one[PATH_MAX], two[PATH_MAX];
    int within = full_path(old_folder, old, one) & full_path(new_folder, new, two);
    if (!within) return (int)syscall(SYS_renameat2, old_folder, old, new_folder, new, 0);
    NAME_STEP('R', 0, one, two, syscall(SYS_renameat2, old_folder, old, new_folder, new, 0));
}
int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

int linkat(int old_folder, const char *old, int new_folder, const char *new, int flags)
{
    char one[PATH_MAX], two[PATH_MAX];
    int within = full_path(old_folder, old, one) & full_path(new_folder, new, two);
    if (!within) return (int)syscall(SYS_linkat, old_folder, old, new_folder, new, flags);
    NAME_STEP('L', NEEDS_ROOM, one, two, syscall(SYS_linkat, old_folder, old, new_folder, new, flags));
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int folder, const char *path, int flags)
{
    char full[PATH_MAX];
    if (!full_path(folder, path, full)) return (int)syscall(SYS_unlinkat, folder, path, flags);
    NAME_STEP('U', FREES, full, NULL, syscall(SYS_unlinkat, folder, path, flags));
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode)
{
    char full[PATH_MAX];
    if (!full_path(folder, path, full)) return (int)syscall(SYS_mkdirat, folder, path, mode);
    NAME_STEP('M', NEEDS_ROOM, full, NULL, syscall(SYS_mkdirat, folder, path, mode));
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
