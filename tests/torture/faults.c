/* Counts, logs, kills, tears or fails what a process writes under one directory.

   Preloaded into a process (LD_PRELOAD), it stands before the C library. Nothing happens until faults_begin() is called, which
   a test does through ctypes in a child that it has forked. The n-th operation that writes (opening with O_CREAT, write,
   truncate, sync, rename, link, unlink, mkdir, rmdir; also of a directory's descriptor) is then

     KILL   not done: the process is killed before it;
     TEAR   half done, and the process is killed: half of the bytes of a write are written, any other operation is done whole;
     FAIL   refused with an error number, once or from then on. A write that fails for want of room writes half of its bytes
            first, as a disk does.

   With a log, each operation is written to it, with its bytes: power.py makes from it what a disk would hold. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, KILL, TEAR, FAIL };
#define DESCRIPTORS 1024

static char under[PATH_MAX];
static size_t under_length;
static int begun, action, error_number, for_ever, log_file = -1;
static long at, done;
static int owed;  /* the refusal that follows the half of a write for which there was room */
static char watched[DESCRIPTORS];

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, name)

static ssize_t real_write(int fd, const void *bytes, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, bytes, size);
}

static ssize_t real_pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    return real(fd, bytes, size, offset);
}

/* The absolute path of a name relative to a directory's descriptor, without following links. */
static const char *absolute(int directory, const char *path, char *buffer) {
    char base[PATH_MAX];
    if (path[0] == '/') return path;
    if (directory == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return path;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) return path;
        base[length] = 0;
    }
    if (snprintf(buffer, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return path;
    return buffer;
}

static int concerns(const char *path) {
    return begun && !strncmp(path, under, under_length) && (path[under_length] == '/' || !path[under_length]);
}

static int concerns_descriptor(int fd) { return begun && fd >= 0 && fd < DESCRIPTORS && watched[fd]; }

/* One line of text, and the bytes of a write. */
static void note(const void *bytes, size_t size, const char *format, ...) {
    if (log_file < 0) return;
    char line[2 * PATH_MAX + 100];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    real_write(log_file, line, (size_t) length);
    if (bytes) real_write(log_file, bytes, size);
}

/* Whether this operation is the one: 0 no, or KILL, TEAR, FAIL. */
static int strikes(void) {
    long number = __sync_add_and_fetch(&done, 1);
    if (action == COUNT || number < at || (number > at && !(action == FAIL && for_ever))) return 0;
    if (action == KILL) raise(SIGKILL);
    return action;
}

static void die_if(int struck) {
    if (struck == TEAR) raise(SIGKILL);
}

static int refused(int struck) {
    if (struck != FAIL) return 0;
    errno = error_number;
    return 1;
}

/* Whether the disk refuses all from the first operation, as one that is write-protected: files open for reading only. */
static int write_protected(void) { return action == FAIL && for_ever && at == 1 && error_number == EROFS; }

long faults_done(void) { return done; }

void faults_begin(const char *directory, int what, long number, int error, int ever, const char *log) {
    snprintf(under, sizeof under, "%s", directory);
    under_length = strlen(under);
    action = what, at = number, error_number = error, for_ever = ever, done = 0;
    memset(watched, 0, sizeof watched);
    if (log && *log) {
        int fd = open(log, O_CREAT | O_WRONLY | O_TRUNC, 0600);
        log_file = fcntl(fd, F_DUPFD_CLOEXEC, 900);
        close(fd);
    }
    begun = 1;
}

static int opened(int fd, const char *path, int flags, int was_there) {
    if (fd >= 0 && fd < DESCRIPTORS) watched[fd] = 1;
    if (fd >= 0) note(0, 0, "open %d %d %d %s\n", fd, flags & O_TRUNC ? 1 : 0, was_there, path);
    return fd;
}

#define OPEN(name, at_directory, ...) \
    int name(__VA_ARGS__, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list arguments; va_start(arguments, flags); mode = va_arg(arguments, mode_t); va_end(arguments); \
        } \
        REAL(int, "openat64", int, const char *, int, ...); \
        char buffer[PATH_MAX]; \
        const char *whole = begun ? absolute(at_directory, path, buffer) : path; \
        if (!concerns(whole) || ((flags & O_TMPFILE) == O_TMPFILE)) return real(at_directory, path, flags, mode); \
        struct stat status; \
        int was_there = !lstat(whole, &status), struck = 0; \
        if (write_protected() && (flags & O_ACCMODE) != O_RDONLY) { errno = EROFS; return -1; } \
        if (((flags & O_CREAT) && !was_there) || ((flags & O_TRUNC) && was_there)) { \
            struck = strikes(); \
            if (refused(struck)) return -1; \
        } \
        int fd = opened(real(at_directory, path, flags, mode), whole, flags, was_there); \
        die_if(struck); \
        return fd; \
    }
OPEN(open, AT_FDCWD, const char *path)
OPEN(open64, AT_FDCWD, const char *path)
OPEN(openat, directory, int directory, const char *path)
OPEN(openat64, directory, int directory, const char *path)

int close(int fd) {
    REAL(int, "close", int);
    if (concerns_descriptor(fd)) {
        watched[fd] = 0;
        note(0, 0, "close %d\n", fd);
    }
    return real(fd);
}

static ssize_t written(int fd, const void *bytes, size_t size, off_t offset, int positioned) {
    int struck = size ? strikes() : 0;
    size_t most = size;
    if (owed) {
        owed = 0, errno = error_number;
        return -1;
    }
    if (struck == TEAR || (struck == FAIL && (error_number == ENOSPC || error_number == EDQUOT))) most = size / 2;
    else if (refused(struck)) return -1;
    if (struck && !most) {
        die_if(struck);
        errno = error_number;
        return -1;
    }
    owed = struck == FAIL;
    off_t where = positioned ? offset : lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t result = positioned ? real_pwrite(fd, bytes, most, offset) : real_write(fd, bytes, most);
    if (result > 0) note(bytes, (size_t) result, "write %d %lld %lld\n", fd, (long long) where, (long long) result);
    die_if(struck);
    return result;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    return concerns_descriptor(fd) ? written(fd, bytes, size, 0, 0) : real_write(fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    return concerns_descriptor(fd) ? written(fd, bytes, size, offset, 1) : real_pwrite(fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t offset) { return pwrite(fd, bytes, size, offset); }

static ssize_t gathered(int fd, const struct iovec *parts, int count, off_t offset, int positioned) {
    size_t size = 0;
    for (int i = 0; i < count; i++) size += parts[i].iov_len;
    char *bytes = malloc(size + 1);
    size = 0;
    for (int i = 0; i < count; i++) {
        memcpy(bytes + size, parts[i].iov_base, parts[i].iov_len);
        size += parts[i].iov_len;
    }
    ssize_t result = written(fd, bytes, size, offset, positioned);
    free(bytes);
    return result;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    return concerns_descriptor(fd) ? gathered(fd, parts, count, 0, 0) : real(fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    REAL(ssize_t, "pwritev64", int, const struct iovec *, int, off_t);
    return concerns_descriptor(fd) ? gathered(fd, parts, count, offset, 1) : real(fd, parts, count, offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev(fd, parts, count, offset); }

/* Copies within the kernel are refused, so that the caller writes the bytes itself. */
ssize_t sendfile64(int out, int in, off_t *offset, size_t size) {
    REAL(ssize_t, "sendfile64", int, int, off_t *, size_t);
    if (!concerns_descriptor(out)) return real(out, in, offset, size);
    errno = ENOTSOCK;
    return -1;
}

ssize_t sendfile(int out, int in, off_t *offset, size_t size) { return sendfile64(out, in, offset, size); }

ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t size, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off_t *, int, off_t *, size_t, unsigned);
    if (!concerns_descriptor(out)) return real(in, from, out, to, size, flags);
    errno = EXDEV;
    return -1;
}

#define SYNC(name) \
    int name(int fd) { \
        REAL(int, #name, int); \
        if (!concerns_descriptor(fd)) return real(fd); \
        int struck = strikes(); \
        if (refused(struck)) return -1; \
        int result = real(fd); \
        if (!result) note(0, 0, "sync %d\n", fd); \
        die_if(struck); \
        return result; \
    }
SYNC(fsync)
SYNC(fdatasync)

static int truncated(int fd, off_t size) {
    REAL(int, "ftruncate64", int, off_t);
    if (!concerns_descriptor(fd)) return real(fd, size);
    int struck = strikes();
    if (refused(struck)) return -1;
    int result = real(fd, size);
    if (!result) note(0, 0, "truncate %d %lld\n", fd, (long long) size);
    die_if(struck);
    return result;
}

int ftruncate(int fd, off_t size) { return truncated(fd, size); }
int ftruncate64(int fd, off_t size) { return truncated(fd, size); }

#define ON_PATHS(name, parameters, first, second, line, real_parameters, arguments) \
    int name parameters { \
        REAL(int, #name, real_parameters); \
        char one[PATH_MAX], two[PATH_MAX]; \
        const char *path = begun ? first : "", *other = begun ? second : ""; \
        if (!concerns(path) && !concerns(other)) return real arguments; \
        int struck = strikes(); \
        if (refused(struck)) return -1; \
        int result = real arguments; \
        if (!result) note(0, 0, "%s %s\t%s\n", line, path, other); \
        die_if(struck); \
        return result; \
    }
#define HERE(path, buffer) absolute(AT_FDCWD, path, buffer)
#define PARAMETERS(...) __VA_ARGS__
ON_PATHS(rename, (const char *from, const char *to), HERE(from, one), HERE(to, two), "rename",
         PARAMETERS(const char *, const char *), (from, to))
ON_PATHS(renameat, (int d, const char *from, int e, const char *to), absolute(d, from, one), absolute(e, to, two), "rename",
         PARAMETERS(int, const char *, int, const char *), (d, from, e, to))
ON_PATHS(link, (const char *from, const char *to), HERE(from, one), HERE(to, two), "link",
         PARAMETERS(const char *, const char *), (from, to))
ON_PATHS(linkat, (int d, const char *from, int e, const char *to, int flags), absolute(d, from, one), absolute(e, to, two),
         "link", PARAMETERS(int, const char *, int, const char *, int), (d, from, e, to, flags))
ON_PATHS(unlink, (const char *from), HERE(from, one), (two[0] = 0, two), "unlink", PARAMETERS(const char *), (from))
ON_PATHS(unlinkat, (int d, const char *from, int flags), absolute(d, from, one), (two[0] = 0, two), "unlink",
         PARAMETERS(int, const char *, int), (d, from, flags))
ON_PATHS(rmdir, (const char *from), HERE(from, one), (two[0] = 0, two), "unlink", PARAMETERS(const char *), (from))
ON_PATHS(mkdir, (const char *from, mode_t mode), HERE(from, one), (two[0] = 0, two), "mkdir",
         PARAMETERS(const char *, mode_t), (from, mode))
