/*
 * Starts one function as Lambda does and is its Runtime API (version 2018-06-01), on a free port of the loopback address.
 *
 *   driver -i EVENT -v VARIABLES -d FOLDER -l LOG [-x EXPECTED] [-c warm|evicted] [-f FILE]... -- COMMAND...
 *
 * EVENT is a file; "@@@@@@@@" in it becomes the number of the invocation. VARIABLES is a file of NAME=value lines, the
 * whole environment but for AWS_LAMBDA_RUNTIME_API. FILEs are read, or evicted from the page cache, before the start.
 * An answer without EXPECTED in it is a failure. Processor time is user and system, of all threads, since exec.
 *
 * Then "run N" on standard input gives N events one after the other. Each is answered by a line of JSON; times are
 * nanoseconds, memory is KiB. Before the first of them comes a line about the start. End of input kills the function.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINES = 32, FILES = 512, PATIENCE_MS = 60000 };

typedef struct {
    int fd;
    char *data;
    size_t have, room;
} Line;

typedef struct {
    const char *path; /* begins in the request line */
    size_t path_length;
    char *body;
    size_t body_length, whole;
} Request;

static Line lines[LINES];
static int listening;
static int waiting = -1; /* the line that has asked for an event */
static char *event;
static size_t event_length;
static const char *expected = "";
static pid_t child;
static clockid_t child_clock;
static long long spent; /* the child's processor time before exec */
static long long invocation, failures, answered_at, answered_cpu;
static char *last_answer;
static size_t last_length;
static char wrong[1024];
static int answered;

static long long now(clockid_t clock) {
    struct timespec t = {0};
    if (clock_gettime(clock, &t) != 0) return 0;
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void leave(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("{\"line\":\"broken\",\"why\":\"");
    vprintf(format, arguments);
    printf("\"}\n");
    va_end(arguments);
    fflush(stdout);
    if (child > 0) kill(child, SIGKILL);
    exit(1);
}

/* ---- files and the page cache ---- */

static char *content(const char *path, size_t *length) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) leave("no %s", path);
    char *data = malloc((size_t) about.st_size + 1);
    size_t have = 0;
    ssize_t more;
    while (have < (size_t) about.st_size && (more = read(fd, data + have, (size_t) about.st_size - have)) > 0)
        have += (size_t) more;
    data[have] = 0;
    *length = have;
    close(fd);
    return data;
}

static void prepare(const char *path, int evict) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) leave("no %s", path);
    if (evict) {
        fsync(fd); /* dirty pages stay */
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    } else {
        static char sink[1 << 16];
        while (read(fd, sink, sizeof sink) > 0) continue;
    }
    close(fd);
}

static void count_pages(const char *path, long long *cached, long long *all) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd >= 0 && fstat(fd, &about) == 0 && about.st_size > 0) {
        size_t pages = ((size_t) about.st_size + 4095) / 4096;
        unsigned char *there = malloc(pages);
        void *map = mmap(NULL, (size_t) about.st_size, PROT_READ, MAP_SHARED, fd, 0);
        if (map != MAP_FAILED && mincore(map, (size_t) about.st_size, there) == 0)
            for (size_t i = 0; i < pages; i++) *cached += there[i] & 1;
        *all += (long long) pages;
        if (map != MAP_FAILED) munmap(map, (size_t) about.st_size);
        free(there);
    }
    if (fd >= 0) close(fd);
}

/* ---- the process ---- */

static char **variables(const char *path, int port) {
    size_t length;
    char *text = content(path, &length);
    char **all = calloc(length / 2 + 3, sizeof *all);
    int n = 0;
    for (char *one = strtok(text, "\n"); one != NULL; one = strtok(NULL, "\n")) all[n++] = one;
    if (asprintf(&all[n], "AWS_LAMBDA_RUNTIME_API=127.0.0.1:%d", port) < 0) leave("no memory");
    return all;
}

/* The instant just before exec, which is when the clock starts. */
static long long begin(char **command, char **environment, const char *folder, const char *log) {
    long long *at = mmap(NULL, 2 * sizeof *at, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (at == MAP_FAILED || out < 0 || nothing < 0) leave("no log %s", log);
    child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (chdir(folder) != 0) _exit(127);
        dup2(nothing, 0);
        dup2(out, 1);
        dup2(out, 2);
        at[0] = now(CLOCK_PROCESS_CPUTIME_ID);
        ((volatile long long *) at)[1] = now(CLOCK_MONOTONIC);
        execve(command[0], command, environment);
        _exit(127);
    }
    if (child < 0 || clock_getcpuclockid(child, &child_clock) != 0) leave("no process");
    int status;
    while (((volatile long long *) at)[1] == 0)
        if (waitpid(child, &status, WNOHANG) == child) leave("cannot start %s", command[0]);
    long long started = at[1];
    spent = at[0];
    munmap(at, 2 * sizeof *at);
    close(out);
    close(nothing);
    return started;
}

static void memory(long long *rss, long long *pss) {
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int) child);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t have = 0;
    ssize_t more;
    while (fd >= 0 && have < sizeof text - 1 && (more = read(fd, text + have, sizeof text - 1 - have)) > 0)
        have += (size_t) more;
    text[have] = 0;
    if (fd >= 0) close(fd);
    char *r = strstr(text, "\nRss:"), *p = strstr(text, "\nPss:");
    *rss = r == NULL ? 0 : strtoll(r + 5, NULL, 10);
    *pss = p == NULL ? 0 : strtoll(p + 5, NULL, 10);
}

/* ---- the Runtime API ---- */

static void all_out(int fd, const char *data, size_t length) {
    while (length > 0) {
        ssize_t done = send(fd, data, length, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) leave("the function closed its line");
        data += done;
        length -= (size_t) done;
    }
}

/* Gives the event; returns when it began to. */
static long long hand(void) {
    static char *out;
    if (out == NULL) out = malloc(event_length + 1024);
    invocation++;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    int head = snprintf(out, 1024,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        "Lambda-Runtime-Aws-Request-Id: 00000000-0000-4000-8000-%012lld\r\n"
                        "Lambda-Runtime-Deadline-Ms: %lld\r\n"
                        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:local:000000000000:function:bench\r\n"
                        "Lambda-Runtime-Trace-Id: Root=1-00000000-000000000000000000000000;Sampled=0\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        invocation, (long long) t.tv_sec * 1000 + 28000, event_length);
    char number[16];
    snprintf(number, sizeof number, "%08u", (unsigned) (invocation % 100000000));
    memcpy(out + head, event, event_length);
    char *at = out + head, *end = out + head + event_length;
    while ((at = memmem(at, (size_t) (end - at), "@@@@@@@@", 8)) != NULL) memcpy(at, number, 8);
    int line = waiting;
    waiting = -1;
    answered = 0;
    long long began = now(CLOCK_MONOTONIC);
    all_out(lines[line].fd, out, (size_t) head + event_length);
    return began;
}

static int is(const Request *request, const char *end) {
    size_t length = strlen(end);
    return request->path_length >= length && memcmp(request->path + request->path_length - length, end, length) == 0;
}

static void keep_wrong(const Request *request) {
    size_t n = 0;
    for (size_t i = 0; i < request->body_length && n < sizeof wrong - 8; i++) {
        unsigned char c = (unsigned char) request->body[i];
        if (c == '"' || c == '\\') wrong[n++] = '\\';
        wrong[n++] = c < ' ' ? ' ' : (char) c;
    }
    wrong[n] = 0;
}

static void take(int line, const Request *request) {
    static const char TAKEN[] = "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
                                "{\"status\":\"OK\"}";
    if (is(request, "/invocation/next")) {
        waiting = line;
        return;
    }
    if (is(request, "/init/error")) {
        keep_wrong(request);
        leave("init error: %s", wrong);
    }
    answered_at = now(CLOCK_MONOTONIC);
    answered_cpu = now(child_clock);
    all_out(lines[line].fd, TAKEN, sizeof TAKEN - 1);
    answered = 1;
    int good = is(request, "/response")
            && memmem(request->body, request->body_length, expected, strlen(expected)) != NULL;
    if (!good && failures++ == 0) keep_wrong(request);
    free(last_answer);
    last_answer = memcpy(malloc(request->body_length + 1), request->body, request->body_length);
    last_length = request->body_length;
}

static const char *header(const char *head, const char *name) {
    const char *found = strcasestr(head, name);
    return found == NULL ? NULL : found + strlen(name);
}

/* Joins chunks in place. 0: not all here yet. */
static int dechunked(Line *line, size_t from, Request *request) {
    size_t at = from, to = from;
    int last = 0;
    for (int pass = 0; pass < 2; pass++) { /* first looks, then moves */
        at = to = from;
        last = 0;
        while (!last) {
            char *end = memmem(line->data + at, line->have - at, "\r\n", 2);
            if (end == NULL) return 0;
            size_t size = strtoul(line->data + at, NULL, 16);
            at = (size_t) (end + 2 - line->data);
            if (line->have < at + size + 2) return 0;
            if (pass == 1) memmove(line->data + to, line->data + at, size);
            to += size;
            at += size + 2;
            last = size == 0;
        }
    }
    request->body_length = to - from;
    request->whole = at;
    return 1;
}

/* 0: not all here yet. */
static int parse(Line *line, Request *request) {
    line->data[line->have] = 0;
    char *end = strstr(line->data, "\r\n\r\n");
    if (end == NULL) return 0;
    size_t head = (size_t) (end + 4 - line->data);
    char *path = strchr(line->data, ' ');
    if (path == NULL) leave("no request");
    request->path = path + 1;
    request->path_length = strcspn(path + 1, " ?\r");
    end[2] = 0;
    const char *length = header(line->data, "\r\ncontent-length:");
    int chunked = header(line->data, "\r\ntransfer-encoding: chunked") != NULL;
    end[2] = '\r';
    request->body = line->data + head;
    if (chunked) return dechunked(line, head, request);
    request->body_length = length == NULL ? 0 : strtoul(length, NULL, 10);
    request->whole = head + request->body_length;
    return line->have >= request->whole;
}

static void readable(int number) {
    Line *line = &lines[number];
    if (line->room - line->have < (1 << 16)) {
        line->room = line->room * 2 + (1 << 17);
        line->data = realloc(line->data, line->room);
    }
    ssize_t more = read(line->fd, line->data + line->have, line->room - line->have - 1);
    if (more <= 0) {
        close(line->fd);
        line->fd = -1;
        line->have = 0;
        if (waiting == number) waiting = -1;
        return;
    }
    line->have += (size_t) more;
    Request request;
    while (line->have > 0 && parse(line, &request)) {
        take(number, &request);
        memmove(line->data, line->data + request.whole, line->have - request.whole);
        line->have -= request.whole;
    }
}

static void connection(void) {
    int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC), on = 1, i = 0;
    if (fd < 0) return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    while (i < LINES && lines[i].fd >= 0) i++;
    if (i == LINES) leave("more than %d lines", LINES);
    lines[i].fd = fd;
}

/* Until the function asks for an event. */
static void serve(void) {
    while (waiting < 0) {
        struct pollfd all[LINES + 1];
        for (int i = 0; i < LINES; i++) all[i] = (struct pollfd) {.fd = lines[i].fd, .events = POLLIN};
        all[LINES] = (struct pollfd) {.fd = listening, .events = POLLIN};
        int ready = poll(all, LINES + 1, PATIENCE_MS);
        int status;
        if (waitpid(child, &status, WNOHANG) == child) {
            child = 0;
            leave("the function ended with status %d", status);
        }
        if (ready == 0) leave("no answer for %d s", PATIENCE_MS / 1000);
        if (ready < 0) continue;
        for (int i = 0; i < LINES; i++)
            if (all[i].revents != 0) readable(i);
        if (all[LINES].revents != 0) connection();
    }
}

/* ---- measures ---- */

static int by_size(const void *one, const void *other) {
    long long a = *(const long long *) one, b = *(const long long *) other;
    return a < b ? -1 : a > b;
}

static long long first_answer_cpu;

static void run(long long count) {
    long long *took = malloc(sizeof *took * (size_t) (count > 0 ? count : 1));
    long long began = now(CLOCK_MONOTONIC), cpu = now(child_clock), before = failures;
    for (long long i = 0; i < count; i++) {
        long long handed = hand();
        serve();
        if (!answered) leave("the function asks for more without an answer");
        took[i] = answered_at - handed;
        if (invocation == 1) first_answer_cpu = answered_cpu - spent;
    }
    long long wall = now(CLOCK_MONOTONIC) - began, used = now(child_clock) - cpu, rss, pss;
    memory(&rss, &pss);
    qsort(took, (size_t) count, sizeof *took, by_size);
    printf("{\"line\":\"run\",\"count\":%lld,\"wall\":%lld,\"cpu\":%lld,\"answer_cpu\":%lld,\"min\":%lld,\"p50\":%lld,\"p90\":%lld,"
           "\"p99\":%lld,\"max\":%lld,\"rss\":%lld,\"pss\":%lld,\"failures\":%lld,\"wrong\":\"%s\",\"answer\":%.*s}\n",
           count, wall, used, first_answer_cpu, took[0], took[count / 2], took[count * 9 / 10], took[count * 99 / 100],
           took[count - 1], rss, pss, failures - before, wrong, (int) last_length, last_answer);
    fflush(stdout);
    free(took);
}

static void end(void) {
    int status;
    struct rusage used = {0};
    kill(child, SIGKILL);
    wait4(child, &status, 0, &used);
    printf("{\"line\":\"end\",\"user\":%lld,\"system\":%lld,\"max_rss\":%ld,\"minor_faults\":%ld,\"major_faults\":%ld}\n",
           used.ru_utime.tv_sec * 1000000000LL + used.ru_utime.tv_usec * 1000LL,
           used.ru_stime.tv_sec * 1000000000LL + used.ru_stime.tv_usec * 1000LL, used.ru_maxrss, used.ru_minflt,
           used.ru_majflt);
}

static int open_port(void) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listening, (struct sockaddr *) &at, sizeof at) != 0 || listen(listening, LINES) != 0
        || getsockname(listening, (struct sockaddr *) &at, &size) != 0)
        leave("no port");
    return ntohs(at.sin_port);
}

int main(int n, char **arguments) {
    const char *vars = "/dev/null", *folder = ".", *log = "/dev/null", *cache = "", *files[FILES];
    int count = 0, option;
    while ((option = getopt(n, arguments, "+i:v:d:l:x:c:f:")) != -1) {
        if (option == 'i') event = content(optarg, &event_length);
        else if (option == 'v') vars = optarg;
        else if (option == 'd') folder = optarg;
        else if (option == 'l') log = optarg;
        else if (option == 'x') expected = optarg;
        else if (option == 'c') cache = optarg;
        else if (option == 'f' && count < FILES) files[count++] = optarg;
        else leave("bad option");
    }
    if (event == NULL || optind == n) leave("an event and a command");
    for (int i = 0; i < LINES; i++) lines[i].fd = -1;
    char **environment = variables(vars, open_port());
    long long cached = 0, pages = 0;
    for (int i = 0; i < count; i++) prepare(files[i], strcmp(cache, "evicted") == 0);
    for (int i = 0; i < count; i++) count_pages(files[i], &cached, &pages);
    long long began = begin(arguments + optind, environment, folder, log);
    serve();
    long long next = now(CLOCK_MONOTONIC) - began, cpu = now(child_clock) - spent, rss, pss;

    char command[64];
    int told = 0;
    while (fgets(command, sizeof command, stdin) != NULL) {
        long long wanted = strncmp(command, "run ", 4) == 0 ? atoll(command + 4) : 0;
        if (wanted <= 0) leave("bad command");
        if (!told++) { /* only now: while the first event is under way nobody reads */
            memory(&rss, &pss);
            printf("{\"line\":\"start\",\"next\":%lld,\"next_cpu\":%lld,\"rss\":%lld,\"pss\":%lld,\"cached_pages\":%lld,\"pages\":%lld}\n",
                   next, cpu, rss, pss, cached, pages);
        }
        run(wanted);
    }
    end();
    return 0;
}
