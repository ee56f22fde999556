import {
	decryptMediaRetryData,
	encryptMediaRetryRequest,
	proto,
	type BaileysEventMap,
	type WAMessageKey,
	type WASocket,
} from '@whiskeysockets/baileys';
import { MediaGoneError, MediaHostError } from './mediaErrors';

type RetryAnswer = BaileysEventMap['messages.media-update'][number];

export interface ReuploadOptions {
	timeoutMs: number;
}

/**
 * Asks the own phone to upload the file of a message again; resolves with its new place. Not to be awaited
 * within a turn: the answer is a stanza and needs one itself. Throws MediaGoneError when the phone
 * refuses or is silent, MediaHostError when the connection ends before.
 */
export async function requestReupload(
	sock: Pick<WASocket, 'ev' | 'sendNode' | 'authState'>,
	{ key, mediaKey }: { key: WAMessageKey; mediaKey: Uint8Array },
	{ timeoutMs }: ReuploadOptions,
): Promise<{ directPath: string }> {
	const me = sock.authState.creds.me?.id;
	if (!key.id || !me) throw new MediaGoneError('The phone cannot be asked for this file.');
	const { promise, resolve, reject } = Promise.withResolvers<{ directPath: string }>();
	const onAnswers = (answers: RetryAnswer[]) => {
		const answer = answers.find((one) => one.key.id === key.id);
		if (!answer) return;
		const directPath = readDirectPath(answer, mediaKey);
		if (directPath) resolve({ directPath });
		else reject(new MediaGoneError('The phone no longer has the file.'));
	};
	const onConnection = ({ connection }: BaileysEventMap['connection.update']) => {
		if (connection === 'close') reject(connectionEnded());
	};
	const timer = setTimeout(() => {
		reject(new MediaGoneError(`The phone did not answer within ${timeoutMs / 1000} s.`));
	}, timeoutMs);
	sock.ev.on('messages.media-update', onAnswers);
	sock.ev.on('connection.update', onConnection);
	try {
		sock.sendNode(encryptMediaRetryRequest(key, mediaKey, me)).catch((cause: unknown) => {
			reject(connectionEnded(cause));
		});
		return await promise;
	} finally {
		clearTimeout(timer);
		sock.ev.off('messages.media-update', onAnswers);
		sock.ev.off('connection.update', onConnection);
	}
}

/** The new place; undefined when the phone has refused or its answer is not for this message. */
function readDirectPath({ key, media }: RetryAnswer, mediaKey: Uint8Array): string | undefined {
	if (!media || !key.id) return undefined;
	try {
		const { result, directPath } = decryptMediaRetryData(media, mediaKey, key.id);
		const { SUCCESS } = proto.MediaRetryNotification.ResultType;
		return result === SUCCESS && directPath ? directPath : undefined;
	} catch {
		// Encrypted with another key: this phone does not know the message as we do.
		return undefined;
	}
}

const connectionEnded = (cause?: unknown): MediaHostError =>
	new MediaHostError('The connection to WhatsApp ended before the phone answered.', { cause });
