import { proto, type WASocket } from '@whiskeysockets/baileys';
import type { ConnectionListener, Staged } from './ConnectionListener';
import type { TurnQueue } from './TurnQueue';

/** How long the effects of one may hold up what comes after it: a media host may hang. */
const REPLAY_TIMEOUT_MS = 20_000;

interface ReplayOptions {
	sock: WASocket;
	turns: TurnQueue;
	listener: Pick<ConnectionListener, 'unfinishedProtocol' | 'onProtocolDone'>;
	stage: (staged: Staged) => void;
	timeUp: (ms: number) => Promise<void>;
}

/**
 * Does once more what history and key shares ask for, where an earlier connection ended after their
 * receipt had left but before their effects were complete: the phone will not send them again.
 */
export function replayProtocolMessages({
	sock,
	turns,
	listener,
	stage,
	timeUp,
}: ReplayOptions): void {
	for (const { key, content } of listener.unfinishedProtocol()) {
		turns
			.take('stanza', async () => {
				const message = proto.WebMessageInfo.decode(content);
				const effects = sock.upsertMessage(
					message as Parameters<typeof sock.upsertMessage>[0],
					'append',
				);
				await Promise.race([effects, timeUp(REPLAY_TIMEOUT_MS)]);
				stage(listener.onProtocolDone(key));
			})
			// The connection has ended: the next one begins with these again.
			.catch(() => undefined);
	}
}
