/*
 * What Java calls in C: syscall(2), and the functions of a library that it names. Words go in and a word comes out; all that they
 * mean is Java's concern (io.jmigrate.runtime.linux).
 */
#include <dlfcn.h>
#include <errno.h>
#include <jni.h>
#include <stdint.h>
#include <unistd.h>

/* A failure is the negative errno, as the kernel itself gives it. */
JNIEXPORT jlong JNICALL Java_io_jmigrate_runtime_linux_ForeignCalls_systemCall(JNIEnv *env, jclass class, jlong number, jlong a,
                                                                               jlong b, jlong c, jlong d, jlong e, jlong f)
{
    (void)env;
    (void)class;
    long result = syscall(number, a, b, c, d, e, f);
    return result == -1 ? -errno : result;
}

/* The handle of dlopen(3); 0 if the library can't be loaded. */
JNIEXPORT jlong JNICALL Java_io_jmigrate_runtime_linux_ForeignCalls_open(JNIEnv *env, jclass class, jlong path)
{
    (void)env;
    (void)class;
    return (jlong)(intptr_t)dlopen((const char *)(intptr_t)path, RTLD_NOW | RTLD_LOCAL);
}

/* The address of dlsym(3); 0 if there is none. */
JNIEXPORT jlong JNICALL Java_io_jmigrate_runtime_linux_ForeignCalls_symbol(JNIEnv *env, jclass class, jlong library, jlong name)
{
    (void)env;
    (void)class;
    return (jlong)(intptr_t)dlsym((void *)(intptr_t)library, (const char *)(intptr_t)name);
}

/* Calls a function that takes at most five words: on our architectures it doesn't see those that it doesn't take. */
JNIEXPORT jlong JNICALL Java_io_jmigrate_runtime_linux_ForeignCalls_call(JNIEnv *env, jclass class, jlong function, jlong a,
                                                                         jlong b, jlong c, jlong d, jlong e)
{
    (void)env;
    (void)class;
    return ((jlong(*)(jlong, jlong, jlong, jlong, jlong))(intptr_t)function)(a, b, c, d, e);
}
