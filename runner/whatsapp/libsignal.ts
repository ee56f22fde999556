import { createRequire } from 'node:module';
import type * as Libsignal from 'libsignal';

/** Loads a library as Baileys finds it: another copy would be mended here and do harm there. */
export const requireAsBaileys = createRequire(require.resolve('@whiskeysockets/baileys'));

/** The libsignal that Baileys encrypts with. */
export const libsignal = requireAsBaileys('libsignal') as typeof Libsignal;
