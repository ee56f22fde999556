import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../../../credentials/ApiWhatsAppWebApi.credentials';
import { ApiWhatsAppWeb } from '../../../../nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node';
import type { ChatView, ContactView } from '../../../../contract';
import { FakeHostedService } from '../../../fakes/FakeHostedService';
import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { toDelivery } from '../../../fakes/deliveryHandlers';
import { toGroup } from '../../../fakes/groupHandlers';
import { searchList } from '../../searchList';
import { toHostedCredential, toRunnerCredential } from '../runOperation';

let runner: FakeRunner;
let instance: FakeInstance;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance();
});
afterEach(() => runner.stop());

const search = async (
	method: string,
	filter?: string,
	token?: string,
	data: ICredentialDataDecryptedObject = toRunnerCredential(runner, instance),
) =>
	await searchList(
		{ node: new ApiWhatsAppWeb(), credentials: [{ type: new ApiWhatsAppWebApi(), data }] },
		method,
		filter,
		token,
	);

const toChat = (number: string, name: string | null): ChatView => ({
	id: number.includes('@') ? number : `${number}@s.whatsapp.net`,
	number,
	type: number.endsWith('@g.us') ? 'group' : 'direct',
	name,
	key: `chat_${number}`,
	lastMessageAt: null,
	unreadCount: 0,
	disappearingSeconds: 0,
});
const toContact = (phone: string, name: string | null, pushName: string | null): ContactView => ({
	id: `${phone}@s.whatsapp.net`,
	phone,
	lid: null,
	name,
	pushName,
	isBusiness: null,
});

describe('the list of recipients', () => {
	it('shows chats first, then contacts and groups without a chat, nobody twice', async () => {
		instance.chats.push(toChat('15550001001', null), toChat('1203630001@g.us', 'Team'));
		instance.contacts.push(
			toContact('15550001001', 'Ana', 'ana!'),
			toContact('15550001002', null, 'Bia'),
		);
		instance.groups.push(toGroup('1203630001@g.us', 'Team'), toGroup('1203630002@g.us', 'Zoo'));
		expect(await search('searchRecipients')).toEqual({
			results: [
				{ name: 'Ana (15550001001)', value: '15550001001' },
				{ name: 'Team', value: '1203630001@g.us' },
				{ name: 'Bia (15550001002)', value: '15550001002' },
				{ name: 'Zoo', value: '1203630002@g.us' },
			],
		});
	});

	it('gives page after page, each entry once', async () => {
		for (let each = 0; each < 250; each++)
			instance.chats.push(toChat(`1555000${1000 + each}`, null));
		const values: unknown[] = [];
		let token: string | undefined;
		do {
			const page = await search('searchRecipients', undefined, token);
			values.push(...page.results.map(({ value }) => value));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(values).toEqual(instance.chats.map(({ number }) => number));
	});

	it('searches names and numbers', async () => {
		instance.chats.push(toChat('15550001001', 'Ana'), toChat('15550001002', 'Bia'));
		instance.groups.push(toGroup('1203630001@g.us', 'José & cia'));
		const names = async (filter: string) =>
			(await search('searchRecipients', filter)).results.map(({ name }) => name);
		expect(await names('BIA')).toEqual(['Bia (15550001002)']);
		expect(await names('0001001')).toEqual(['Ana (15550001001)']);
		expect(await names(' jose ')).toEqual(['José & cia']);
	});

	it('says below the field what to do when it cannot be loaded', async () => {
		const wrong = { ...toRunnerCredential(runner, instance), apiKey: 'wrong' };
		await expect(search('searchRecipients', undefined, undefined, wrong)).rejects.toThrow(
			/Could not load the list.*Invalid API Key\. Correct the API key/,
		);
	});

	it('says with the hosted service to give the number instead', async () => {
		const service = await new FakeHostedService().start();
		try {
			const hosted = toHostedCredential(service);
			await expect(search('searchRecipients', undefined, undefined, hosted)).rejects.toThrow(
				/no documented call.*Choose “Number”/,
			);
			expect(service.requests).toEqual([]);
		} finally {
			await service.stop();
		}
	});
});

it('the list of contacts shows people alone and searches them', async () => {
	instance.chats.push(toChat('1203630001@g.us', 'Team'));
	instance.contacts.push(
		toContact('15550001001', 'Ana', 'ana!'),
		toContact('15550001002', null, 'Bia'),
		toContact('15550001003', null, null),
	);
	expect(await search('searchContacts')).toEqual({
		results: [
			{ name: 'Ana (15550001001)', value: '15550001001' },
			{ name: 'Bia (15550001002)', value: '15550001002' },
			{ name: '15550001003', value: '15550001003' },
		],
	});
	expect((await search('searchContacts', ' BIA ')).results.map(({ value }) => value)).toEqual([
		'15550001002',
	]);
});

describe('the list of deliveries', () => {
	it('shows what became of which event, when and to whom, in the time zone of the workflow', async () => {
		instance.deliveries.push(toDelivery('dlv_1'));
		expect(await search('searchDeliveries')).toEqual({
			results: [
				{
					name: 'failed · received · 2025-12-31 19:00:00 · receiver.example/hook',
					value: 'dlv_1',
				},
			],
		});
	});

	it('finds them by any part of that, and by ID', async () => {
		instance.deliveries.push(
			toDelivery('dlv_2', { state: 'delivered', event: 'sent' }),
			toDelivery('dlv_1'),
		);
		const values = async (filter: string) =>
			(await search('searchDeliveries', filter)).results.map(({ value }) => value);
		expect(await values(' Delivered ')).toEqual(['dlv_2']);
		expect(await values('failed · rec')).toEqual(['dlv_1']);
		expect(await values('dlv_')).toEqual(['dlv_2', 'dlv_1']);
		expect(await values('secret')).toEqual([]);
	});
});

it('the list of groups shows them by name and finds them by a part of it', async () => {
	instance.groups.push(toGroup('1203630002@g.us', 'Zoo'), toGroup('1203630001@g.us', 'Amigos'));
	expect((await search('searchGroups')).results.map(({ name }) => name)).toEqual(['Amigos', 'Zoo']);
	expect(await search('searchGroups', 'zo')).toEqual({
		results: [{ name: 'Zoo', value: '1203630002@g.us' }],
	});
});
