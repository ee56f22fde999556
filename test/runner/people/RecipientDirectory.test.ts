import {
	RecipientDirectory,
	type AskNumbers,
	type NumberAnswer,
} from '../../../runner/people/RecipientDirectory';
import { PeopleFixture } from './PeopleFixture';

const toJid = (phone: string) => `${phone}@s.whatsapp.net`;
const HOUR_MS = 3_600_000;

describe('the directory of recipients', () => {
	let fixture: PeopleFixture;
	let directory: RecipientDirectory;
	let questions: string[][];
	beforeEach(async () => {
		fixture = await PeopleFixture.create();
		directory = createDirectory();
		questions = [];
	});
	afterEach(() => fixture.remove());

	const createDirectory = () => new RecipientDirectory(fixture);

	/** WhatsApp, where these numbers have accounts and the others have none. */
	const whatsapp =
		(...accounts: string[]): AskNumbers =>
		async (phones) => {
			questions.push(phones);
			return phones.map((phone): NumberAnswer => ({
				phone,
				jid: toJid(phone),
				exists: accounts.includes(phone),
				...(accounts.includes(phone) ? { lid: '77@lid' } : {}),
			}));
		};
	const silence: AskNumbers = async (phones) => {
		questions.push(phones);
		return undefined;
	};

	test('gives the JID that exists, and asks for all spellings at once', async () => {
		const phone = toJid('5554991997181');
		expect(await directory.resolve(phone, whatsapp('555491997181'))).toEqual({
			exists: true,
			jid: toJid('555491997181'),
			lid: '77@lid',
		});
		expect(questions).toEqual([['5554991997181', '555491997181']]);
	});

	test('prefers the number as it was given', async () => {
		const ask = whatsapp('5554991997181', '555491997181');
		expect(await directory.resolve(toJid('555491997181'), ask)).toMatchObject({
			jid: toJid('555491997181'),
		});
	});

	test('follows WhatsApp when it names another JID than it was asked for', async () => {
		const ask: AskNumbers = async ([phone]) => [
			{ phone: phone!, jid: toJid('15550009999'), exists: true },
		];
		expect(await directory.resolve(toJid('15550001111'), ask)).toMatchObject({
			jid: toJid('15550009999'),
		});
	});

	test('no answer is no verdict, and is not kept', async () => {
		expect(await directory.resolve(toJid('15550001111'), silence)).toBeUndefined();
		expect(directory.known(toJid('15550001111'))).toBeUndefined();
		const partly: AskNumbers = async ([phone]) => [
			{ phone: phone!, jid: toJid(phone!), exists: false },
		];
		expect(await directory.resolve(toJid('5554991997181'), partly)).toBeUndefined();
		expect(directory.known(toJid('5554991997181'))).toBeUndefined();
	});

	test('parallel calls for one number are one question', async () => {
		const ask = whatsapp('15550001111');
		const answers = await Promise.all([
			directory.resolve(toJid('15550001111'), ask),
			directory.resolve(toJid('15550001111'), ask),
			directory.resolve(toJid('15550002222'), ask),
		]);
		expect(answers.map((answer) => answer?.exists)).toEqual([true, true, false]);
		expect(questions).toEqual([['15550001111'], ['15550002222']]);
	});

	test('a question that failed can be asked again', async () => {
		const fail: AskNumbers = async () => {
			throw new Error('closed');
		};
		await expect(directory.resolve(toJid('15550001111'), fail)).rejects.toThrow('closed');
		expect(await directory.resolve(toJid('15550001111'), whatsapp())).toMatchObject({
			exists: false,
		});
	});

	test('keeps what exists for a day, and what does not for ten minutes', async () => {
		await directory.resolve(toJid('15550001111'), whatsapp('15550001111'));
		await directory.resolve(toJid('15550002222'), whatsapp());
		fixture.clock.advance(HOUR_MS / 6 - 1);
		expect(directory.known(toJid('15550002222'))).toEqual({ exists: false, jid: null, lid: null });
		fixture.clock.advance(1);
		expect(directory.known(toJid('15550002222'))).toBeUndefined();
		fixture.clock.advance(24 * HOUR_MS - HOUR_MS / 6 - 1);
		expect(directory.known(toJid('15550001111'))?.exists).toBe(true);
		fixture.clock.advance(1);
		expect(directory.known(toJid('15550001111'))).toBeUndefined();
	});

	test('knows it after a restart as well', async () => {
		await directory.resolve(toJid('15550001111'), whatsapp('15550001111'));
		await directory.resolve(toJid('15550002222'), whatsapp());
		// The writer takes lazy rows along with the next commit.
		await fixture.database.write([{ sql: 'DELETE FROM groups', params: [] }]);
		const later = createDirectory();
		expect(later.known(toJid('15550001111'))).toEqual({
			exists: true,
			jid: toJid('15550001111'),
			lid: '77@lid',
		});
		expect(later.known(toJid('15550002222'))).toMatchObject({ exists: false });
	});

	test('whoever has written to us needs no asking, whatever spelling is given', async () => {
		await fixture.database.write([
			{
				sql: `INSERT INTO contacts (instance_id, id, phone, lid, has_written, updated_at, expires_at)
					VALUES (?, '555491997181@s.whatsapp.net', '555491997181', '9@lid', 1, 0, 0),
					(?, '15550003333@s.whatsapp.net', '15550003333', NULL, 0, 0, 0)`,
				params: [fixture.instanceId, fixture.instanceId],
			},
		]);
		expect(directory.known(toJid('5554991997181'))).toEqual({
			exists: true,
			jid: toJid('555491997181'),
			lid: '9@lid',
		});
		expect(directory.known(toJid('15550003333'))).toBeUndefined();
	});
});
