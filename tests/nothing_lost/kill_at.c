/* Kills its own process before, within or after a certain call on a file below one folder: preloaded into a
   player (LD_PRELOAD), so that Python's calls and SQLite's go through here alike. "Within": half of what was
   to be written is written; any other call is under way when the signal comes from another thread. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { BEFORE, WITHIN, AFTER, LISTEN };
enum { NO, LATER, HALF };

static char folder[PATH_MAX], wanted[PATH_MAX];
static int armed, when, wait_nanoseconds;
static atomic_long left;

/* `call_and_name`: with a # for each row of several digits, because names carry times and process numbers. */
void kill_at(const char *below, const char *call_and_name, long nth, int moment, int nanoseconds)
{
    snprintf(folder, sizeof folder, "%s", below);
    snprintf(wanted, sizeof wanted, "%s", call_and_name);
    atomic_store(&left, nth);
    when = moment;
    wait_nanoseconds = nanoseconds;
    armed = 1;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static void *die_soon(void *nothing)
{
    struct timespec span = {0, wait_nanoseconds};
    (void)nothing;
    nanosleep(&span, NULL);
    die();
    return NULL;
}

static void say(const char *what, const char *words)
{
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "{\"%s\": \"%s\"}\n", what, words);
    syscall(SYS_write, 1, line, (size_t)length);
}

static int name_of(const char *call, const char *path, char *words)
{
    size_t own = strlen(folder), place;
    if (strncmp(path, folder, own) != 0 || (path[own] != '/' && path[own] != 0))
        return 0;
    place = (size_t)sprintf(words, "%s ", call);
    for (path += own + (path[own] == '/'); *path && place < PATH_MAX - 2; path++) {
        size_t digits = strspn(path, "0123456789");
        words[place++] = digits > 1 ? '#' : *path;
        path += digits > 1 ? digits - 1 : 0;
    }
    if (words[place - 1] == ' ')
        words[place++] = '.';
    words[place] = 0;
    return 1;
}

/* Returns what is to happen around this call. */
static int meets(const char *call, const char *path)
{
    char words[PATH_MAX + 32];
    pthread_t other;
    if (!armed || !name_of(call, path, words))
        return NO;
    if (when == LISTEN) {
        say("heard", words);
        return NO;
    }
    if (strcmp(words, wanted) != 0 || atomic_fetch_sub(&left, 1) != 1)
        return NO;
    say("struck", words);
    if (when == BEFORE)
        die();
    if (when == AFTER)
        return LATER;
    if (strcmp(call, "write") == 0)
        return HALF;
    if (pthread_create(&other, NULL, die_soon, NULL) != 0)
        die();
    return LATER;
}

static int meets_handle(const char *call, int handle)
{
    char link[64], path[PATH_MAX];
    ssize_t length;
    if (!armed)
        return NO;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return NO;
    path[length] = 0;
    return meets(call, path);
}

static void after(int meeting)
{
    if (meeting != NO && when == WITHIN && meeting != HALF)
        for (;;)
            pause();
    if (meeting != NO)
        die();
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) \
        real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define AROUND(meeting, type, call) \
    do { \
        int met = (meeting); \
        type result = (call); \
        after(met); \
        return result; \
    } while (0)

#define OPENS(name) \
    int name(const char *path, int flags, ...) \
    { \
        mode_t mode = 0; \
        REAL(int, #name, const char *, int, ...); \
        if (flags & O_CREAT) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        AROUND(flags & (O_CREAT | O_TRUNC) ? meets("create", path) : NO, int, real(path, flags, mode)); \
    }
OPENS(open)
OPENS(open64)

ssize_t write(int handle, const void *from, size_t size)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    int met = meets_handle("write", handle);
    ssize_t done = real(handle, from, met == HALF ? size / 2 : size);
    after(met);
    return done;
}

#define PWRITES(name, offset_type) \
    ssize_t name(int handle, const void *from, size_t size, offset_type place) \
    { \
        REAL(ssize_t, #name, int, const void *, size_t, offset_type); \
        int met = meets_handle("write", handle); \
        ssize_t done = real(handle, from, met == HALF ? size / 2 : size, place); \
        after(met); \
        return done; \
    }
PWRITES(pwrite, off_t)
PWRITES(pwrite64, off64_t)

#define SENDS(name, offset_type) \
    ssize_t name(int to, int from, offset_type *place, size_t size) \
    { \
        REAL(ssize_t, #name, int, int, offset_type *, size_t); \
        int met = meets_handle("write", to); \
        ssize_t done = real(to, from, place, met == HALF ? size / 2 : size); \
        after(met); \
        return done; \
    }
SENDS(sendfile, off_t)
SENDS(sendfile64, off64_t)

int fsync(int handle)
{
    REAL(int, "fsync", int);
    AROUND(meets_handle("sync", handle), int, real(handle));
}

int fdatasync(int handle)
{
    REAL(int, "fdatasync", int);
    AROUND(meets_handle("sync", handle), int, real(handle));
}

int ftruncate(int handle, off_t size)
{
    REAL(int, "ftruncate", int, off_t);
    AROUND(meets_handle("truncate", handle), int, real(handle, size));
}

int ftruncate64(int handle, off64_t size)
{
    REAL(int, "ftruncate64", int, off64_t);
    AROUND(meets_handle("truncate", handle), int, real(handle, size));
}

int rename(const char *old, const char *other)
{
    REAL(int, "rename", const char *, const char *);
    AROUND(meets("rename to", other), int, real(old, other));
}

int link(const char *old, const char *other)
{
    REAL(int, "link", const char *, const char *);
    AROUND(meets("link", other), int, real(old, other));
}

int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    AROUND(meets("remove", path), int, real(path));
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    AROUND(meets("mkdir", path), int, real(path, mode));
}

int chmod(const char *path, mode_t mode)
{
    REAL(int, "chmod", const char *, mode_t);
    AROUND(meets("chmod", path), int, real(path, mode));
}
