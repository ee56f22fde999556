import type { proto } from '@whiskeysockets/baileys';
import { toPoll, toPollVote } from '../../../simulator/contents';
import { ANN, ANN_PN, GROUP, OWN, readSample } from './readSample';

const OWN_PN = `${OWN.phone}@s.whatsapp.net`;
const poll = toPoll('Lunch?', ['Yes', 'No', 'Later'], 0);
const secret = poll.messageContextInfo!.messageSecret!;

const vote = (
	options: string[],
	names: { author: string; voter: string },
	key: proto.IMessageKey = { id: 'POLL', remoteJid: ANN_PN, fromMe: true },
) =>
	toPollVote(key, options, {
		pollId: 'POLL',
		pollAuthorJid: names.author,
		voterJid: names.voter,
		secret,
	});

describe('poll votes', () => {
	test('are opened whichever names phone and LID were sealed with', () => {
		for (const author of [OWN_PN, OWN.lid]) {
			for (const voter of [ANN_PN, ANN.lid]) {
				const content = vote(['Yes', 'Later'], { author, voter });
				expect(readSample(content, { stored: { POLL: poll } })).toMatchObject({
					type: 'poll_vote',
					isForReceivers: true,
					details: { pollVote: { messageId: 'POLL', options: ['Yes', 'Later'] } },
				});
			}
		}
	});

	test("a vote in somebody else's poll of a group is opened", () => {
		const bob = '15550003333@s.whatsapp.net';
		const key = { id: 'POLL', remoteJid: GROUP, fromMe: false, participant: ANN.lid };
		const content = vote(['No'], { author: ANN_PN, voter: bob }, key);
		const { details } = readSample(content, {
			key: { remoteJid: GROUP, participant: bob },
			stored: { POLL: poll },
		});
		expect(details.pollVote).toEqual({ messageId: 'POLL', options: ['No'] });
	});

	test('taken back is no option, which is not the same as unknown', () => {
		const content = vote([], { author: OWN_PN, voter: ANN_PN });
		const known = readSample(content, { stored: { POLL: poll } });
		expect(known.details.pollVote?.options).toEqual([]);
		expect(readSample(content).details.pollVote?.options).toBeNull();
	});

	test('sealed with another secret, or for another voter, it says nothing', () => {
		const other = vote(['Yes'], { author: OWN_PN, voter: '15559999999@s.whatsapp.net' });
		const wrong = readSample(other, { stored: { POLL: poll } });
		expect(wrong.details.pollVote).toEqual({ messageId: 'POLL', options: null });
		const content = vote(['Yes'], { author: OWN_PN, voter: ANN_PN });
		const stored = { POLL: toPoll('Lunch?', ['Yes', 'No']) };
		expect(readSample(content, { stored }).details.pollVote?.options).toBeNull();
		expect(readSample(content, { stored: { POLL: { conversation: 'no poll' } } }).type).toBe(
			'poll_vote',
		);
	});
});
