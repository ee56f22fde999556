/** What phones play. */
export const VOICE_RATE = 48000;
/** Longer audio is refused; an Opus file of that length has some 40 MB. */
export const MAX_SECONDS = 2 * 60 * 60;
/** Two hours of MP3 take about two minutes on a small server. */
export const TIME_LIMIT_MS = 10 * 60 * 1000;
/** Speech and music stay clear; a minute has some 350 KB. */
export const VOICE_BITS_PER_SECOND = 48000;
