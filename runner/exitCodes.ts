/** EX_USAGE of sysexits.h: the program was called in a way that it does not know. */
export const EXIT_WRONG_USAGE = 64;

/** EX_CONFIG of sysexits.h: a start is in vain until somebody has changed something. */
export const EXIT_WRONG_CONFIG = 78;
