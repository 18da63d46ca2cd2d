/* A file system that lacks something, for a program that is started with this library before its own.
   REFUSE_LOCKS is the number of the error that flock gives; REFUSE_MODES and REFUSE_SYNC have modes not be changed
   and folders not be synced. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static int refused(const char *name, int error) {
    const char *set = getenv(name);
    if (set == NULL) return 0;
    errno = error != 0 ? error : atoi(set);
    return 1;
}

int flock(int file, int how) {
    int (*real)(int, int) = (int (*)(int, int))dlsym(RTLD_NEXT, "flock");
    return refused("REFUSE_LOCKS", 0) ? -1 : real(file, how);
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    struct stat about;
    int is_folder = fstat(file, &about) == 0 && S_ISDIR(about.st_mode);
    return is_folder && refused("REFUSE_SYNC", EINVAL) ? -1 : real(file);
}

int chmod(const char *path, mode_t mode) {
    int (*real)(const char *, mode_t) = (int (*)(const char *, mode_t))dlsym(RTLD_NEXT, "chmod");
    return refused("REFUSE_MODES", EPERM) ? -1 : real(path, mode);
}

int fchmod(int file, mode_t mode) {
    int (*real)(int, mode_t) = (int (*)(int, mode_t))dlsym(RTLD_NEXT, "fchmod");
    return refused("REFUSE_MODES", EPERM) ? -1 : real(file, mode);
}
