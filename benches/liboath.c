/* Refusing a wrong code with one step of drift either way, by liboath: benches/verify_totp.rs asks for a
 * round by a line, and gets the nanoseconds of a call. Built by `cargo xtask bench` where liboath is. */
#include <liboath/oath.h>
#include <stdio.h>
#include <time.h>

#define CALLS 1000

int main(void) {
  const char secret[] = "12345678901234567890";
  const time_t moment = 1111111111; /* a moment of RFC 6238: its code is 050471 */
  if (oath_init() != OATH_OK) return 1;
  if (oath_totp_validate(secret, 20, moment, 30, 0, 1, "050471") < 0) return 2;
  while (getchar() != EOF) {
    struct timespec begun, ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (int i = 0; i < CALLS; i++) {
      if (oath_totp_validate(secret, 20, moment, 30, 0, 1, "123456") != OATH_INVALID_OTP) return 3;
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    double elapsed = (ended.tv_sec - begun.tv_sec) * 1e9 + (ended.tv_nsec - begun.tv_nsec);
    printf("%f\n", elapsed / CALLS);
    fflush(stdout);
  }
  return 0;
}
