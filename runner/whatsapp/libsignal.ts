import { createRequire } from 'node:module';
import type * as Libsignal from 'libsignal';

/** As Baileys finds it: another copy would be mended here and do harm there. */
const requireAsBaileys = createRequire(require.resolve('@whiskeysockets/baileys'));

/** The libsignal that Baileys encrypts with. */
export const libsignal = requireAsBaileys('libsignal') as typeof Libsignal;
