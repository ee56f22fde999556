/** The envelopes of libsignal 6.0.0, which come without declarations; shapes read from its source. */
declare module 'libsignal/src/protobufs.js' {
	export const WhisperMessage: {
		decode(bytes: Uint8Array): { ephemeralKey: Uint8Array; counter: number };
	};
	export const PreKeyWhisperMessage: {
		decode(bytes: Uint8Array): { preKeyId: number; message: Uint8Array };
	};
}
