import { assertOneLibsignal } from '../../../runner/whatsapp/assertOneLibsignal';

const FIRST =
	'/n8n/node_modules/@whiskeysockets/baileys/node_modules/libsignal/src/session_cipher.js';
const SECOND = 'C:\\n8n\\node_modules\\libsignal\\src\\session_cipher.js';

test('two copies of libsignal are an error at the start that says what to do', () => {
	expect(() => assertOneLibsignal([FIRST, '/n8n/node_modules/ws/index.js'])).not.toThrow();
	expect(() => assertOneLibsignal([FIRST, SECOND])).toThrow(/2 times .*install it anew/);
});
