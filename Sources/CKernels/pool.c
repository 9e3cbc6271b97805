// Threads that wait for work without sleeping for a moment, since the products of a model follow each other closely.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "CKernels.h"

// How often a thread looks before it sleeps: some ten microseconds.
enum { patience = 4000 };

static struct {
  pthread_mutex_t caller;
  pthread_mutex_t lock;
  pthread_cond_t wake;
  long threads;
  atomic_long sleeping;
  // The number of the job in the upper half, the next index in the lower.
  _Atomic uint64_t next;
  atomic_long finished;
  // Changed only while `next` shows no index to take.
  _Atomic(long) count;
  _Atomic(void *) context;
  void (*_Atomic body)(void *, long);
} pool = {.caller = PTHREAD_MUTEX_INITIALIZER, .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static uint32_t job_of(uint64_t next) { return (uint32_t)(next >> 32); }

// Takes indices of the current job until none is left.
static void work(void) {
  for (;;) {
    uint64_t next = atomic_load(&pool.next);
    long count = atomic_load(&pool.count);
    void *context = atomic_load(&pool.context);
    void (*body)(void *, long) = atomic_load(&pool.body);
    long index = (long)(uint32_t)next;
    if (index >= count) return;
    // What was read belongs to this job, or the exchange fails.
    if (!atomic_compare_exchange_weak(&pool.next, &next, next + 1)) continue;
    body(context, index);
    atomic_fetch_add(&pool.finished, 1);
  }
}

static void *wait_and_work(void *unused) {
  (void)unused;
  uint32_t seen = 0;
  for (;;) {
    int looks = 0;
    while (job_of(atomic_load(&pool.next)) == seen) {
      pause_briefly();
      if (++looks < patience) continue;
      looks = 0;
      pthread_mutex_lock(&pool.lock);
      atomic_fetch_add(&pool.sleeping, 1);
      while (job_of(atomic_load(&pool.next)) == seen) pthread_cond_wait(&pool.wake, &pool.lock);
      atomic_fetch_sub(&pool.sleeping, 1);
      pthread_mutex_unlock(&pool.lock);
    }
    seen = job_of(atomic_load(&pool.next));
    work();
  }
  return 0;
}

static long available(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? count : 1;
}

static void start(void) {
  pool.threads = 1;
  for (long wanted = available(); pool.threads < wanted; pool.threads++) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 2 << 20);
    int failed = pthread_create(&thread, &attributes, wait_and_work, 0);
    pthread_attr_destroy(&attributes);
    if (failed) return;
    pthread_detach(thread);
  }
}

long ck_thread_count(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start);
  return pool.threads;
}

void ck_parallel(long count, void (*body)(void *context, long index), void *context) {
  if (count <= 1 || ck_thread_count() == 1 || pthread_mutex_trylock(&pool.caller) != 0) {
    for (long index = 0; index < count; index++) body(context, index);
    return;
  }
  uint64_t job = (uint64_t)(job_of(atomic_load(&pool.next)) + 1) << 32;
  atomic_store(&pool.next, (job - 1) | UINT32_MAX);  // the old job, with nothing left
  atomic_store(&pool.count, 0);
  atomic_store(&pool.body, body);
  atomic_store(&pool.context, context);
  atomic_store(&pool.finished, 0);
  // No thread takes an index between these two: the lower half is above any count.
  atomic_store(&pool.count, count);
  atomic_store(&pool.next, job);
  if (atomic_load(&pool.sleeping) > 0) {
    pthread_mutex_lock(&pool.lock);
    pthread_cond_broadcast(&pool.wake);
    pthread_mutex_unlock(&pool.lock);
  }
  work();
  for (int looks = 0; atomic_load(&pool.finished) < count;) {
    pause_briefly();
    // Another process may have the processor of a thread that is not done.
    if (++looks > patience) sched_yield();
  }
  pthread_mutex_unlock(&pool.caller);
}
