import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';

/** A question with options. */
export interface Poll {
	readonly question: string;
	readonly options: readonly string[];
	/** How many options one person may choose; 0: any. */
	readonly selectableCount: number;
}

/** Which vote in which poll; the names go into the key. */
export interface VoteFrame {
	readonly pollId: string;
	readonly pollAuthorJid: string;
	readonly voterJid: string;
	/** The poll's `messageSecret`, 32 bytes. */
	readonly secret: Uint8Array;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A poll, with the secret under which its votes are encrypted. */
export const toPoll = (
	question: string,
	options: readonly string[],
	selectableCount = 1,
): proto.IMessage => ({
	pollCreationMessageV3: {
		name: question,
		options: options.map((optionName) => ({ optionName })),
		selectableOptionsCount: selectableCount,
	},
	messageContextInfo: { messageSecret: randomBytes(32) },
});

/** The poll in a message, whatever its version. */
export function readPoll(message: proto.IMessage): Poll | undefined {
	const poll =
		message.pollCreationMessageV3 ?? message.pollCreationMessageV2 ?? message.pollCreationMessage;
	if (!poll) return undefined;
	return {
		question: poll.name ?? '',
		options: (poll.options ?? []).map(({ optionName }) => optionName ?? ''),
		selectableCount: poll.selectableOptionsCount ?? 0,
	};
}

/** A vote for those options; none takes the vote back. */
export function toPollVote(
	pollKey: proto.IMessageKey,
	options: readonly string[],
	frame: VoteFrame,
): proto.IMessage {
	const selectedOptions = options.map(toOptionHash);
	const plaintext = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish();
	const encIv = randomBytes(IV_BYTES);
	const cipher = createCipheriv('aes-256-gcm', toVoteKey(frame), encIv).setAAD(toAad(frame));
	const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
	const encPayload = Buffer.concat([ciphertext, cipher.getAuthTag()]);
	return {
		pollUpdateMessage: {
			pollCreationMessageKey: pollKey,
			vote: { encPayload, encIv },
			metadata: {},
			senderTimestampMs: Date.now(),
		},
	};
}

/** The options of a vote, decrypted; throws when a name or the secret is another than the voter's. */
export function decryptVote(
	{ encPayload, encIv }: proto.Message.IPollEncValue,
	frame: VoteFrame,
	{ options }: Poll,
): string[] {
	const payload = Buffer.from(encPayload ?? []);
	const decipher = createDecipheriv('aes-256-gcm', toVoteKey(frame), encIv ?? Buffer.alloc(0))
		.setAAD(toAad(frame))
		.setAuthTag(payload.subarray(-TAG_BYTES));
	const plaintext = Buffer.concat([
		decipher.update(payload.subarray(0, -TAG_BYTES)),
		decipher.final(),
	]);
	const { selectedOptions } = proto.Message.PollVoteMessage.decode(plaintext);
	const chosen = new Set(selectedOptions.map((hash) => Buffer.from(hash).toString('hex')));
	return options.filter((option) => chosen.has(toOptionHash(option).toString('hex')));
}

const toOptionHash = (option: string): Buffer => createHash('sha256').update(option).digest();

/** HKDF without salt, written out: what it is for stands in the info. */
function toVoteKey({ pollId, pollAuthorJid, voterJid, secret }: VoteFrame): Buffer {
	const info = Buffer.from(`${pollId}${pollAuthorJid}${voterJid}Poll Vote\u0001`);
	const extracted = createHmac('sha256', Buffer.alloc(32)).update(secret).digest();
	return createHmac('sha256', extracted).update(info).digest();
}

const toAad = ({ pollId, voterJid }: VoteFrame): Buffer => Buffer.from(`${pollId}\0${voterJid}`);
