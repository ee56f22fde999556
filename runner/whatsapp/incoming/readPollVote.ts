import { createHash } from 'node:crypto';
import { decryptPollVote, proto } from '@whiskeysockets/baileys';
import type { PollVoteDetails } from '../../../contract';
import { toIdentity, toPhoneJid, type Identities, type Identity } from './Identities';
import { readPoll } from './readPoll';
import { unwrapContent } from './unwrapContent';

interface VoteContext {
	voter: Identity;
	identities: Identities;
	/** The serialised content of a message of the journal. */
	contentOf: (messageId: string) => Uint8Array | undefined;
}

/** Whose choice it is, and what was chosen where the poll is known and its secret opens the vote. */
export function readPollVote(
	{ pollUpdateMessage }: proto.IMessage,
	context: VoteContext,
): PollVoteDetails | undefined {
	const key = pollUpdateMessage?.pollCreationMessageKey;
	if (!key?.id) return undefined;
	const poll = context.contentOf(key.id);
	const vote = pollUpdateMessage?.vote;
	const options = poll && vote ? readOptions(proto.Message.decode(poll), vote, key, context) : null;
	return { messageId: key.id, options };
}

function readOptions(
	poll: proto.IMessage,
	vote: proto.Message.IPollEncValue,
	key: proto.IMessageKey,
	{ voter, identities }: VoteContext,
): string[] | null {
	const { content } = unwrapContent(poll);
	const details = readPoll(content);
	const secret = readSecret(poll) ?? content.pollCreationMessage?.encKey;
	if (!details || !secret) return null;
	const creators = [...toJids(toCreator(key, identities)), ...toJids(identities.own)];
	const chosen = openVote(vote, {
		id: key.id ?? '',
		secret,
		creators,
		voters: toJids(voter),
	});
	return chosen && toNames(chosen, details.options);
}

/** WhatsApp signs a vote with the names both sides had at that moment: phone or LID, in any pairing. */
function openVote(
	vote: proto.Message.IPollEncValue,
	poll: { id: string; secret: Uint8Array; creators: string[]; voters: string[] },
): Uint8Array[] | null {
	for (const creator of new Set(poll.creators)) {
		for (const voter of poll.voters) {
			const chosen = tryPair(vote, poll, creator, voter);
			if (chosen) return chosen;
		}
	}
	return null;
}

function tryPair(
	vote: proto.Message.IPollEncValue,
	{ id, secret }: { id: string; secret: Uint8Array },
	pollCreatorJid: string,
	voterJid: string,
): Uint8Array[] | null {
	try {
		const { selectedOptions } = decryptPollVote(vote, {
			pollCreatorJid,
			pollMsgId: id,
			pollEncKey: secret,
			voterJid,
		});
		return selectedOptions ?? [];
	} catch {
		// Its seal does not fit: signed under another pair of names, or by somebody without the secret.
		return null;
	}
}

/** The secret stands beside the poll, inside or outside of its wrappers. */
function readSecret(message: proto.IMessage): Uint8Array | undefined {
	const secret = message.messageContextInfo?.messageSecret;
	if (secret && secret.length > 0) return secret;
	const { content } = unwrapContent(message);
	return content.messageContextInfo?.messageSecret ?? undefined;
}

function toCreator(key: proto.IMessageKey, identities: Identities): Identity {
	return key.fromMe ? identities.own : toIdentity([key.participant, key.remoteJid], identities);
}

function toJids({ phone, lid }: Identity): string[] {
	return [...(phone ? [toPhoneJid(phone)] : []), ...(lid ? [lid] : [])];
}

/** Options are named by the hashes of their texts. */
function toNames(hashes: readonly Uint8Array[], options: readonly string[]): string[] {
	const chosen = new Set(hashes.map((hash) => Buffer.from(hash).toString('hex')));
	return options.filter((name) => chosen.has(createHash('sha256').update(name).digest('hex')));
}
