import { AddressGuard } from '../../../runner/address';

const guard = new AddressGuard({ allowPrivateHosts: [], allowHttpHosts: [] });
const PUBLIC_ONLY = { allowLoopback: false };
const SHARED_MACHINE = { allowLoopback: true };

describe('AddressGuard.refusalOf', () => {
	test.each([
		'https://example.com/hook',
		'https://example.com:8443/hook?a=b#c',
		'https://8.8.8.8/',
		'https://[2606:4700:4700::1111]/',
		'https://bücher.example/',
	])('%s is allowed', (url) => {
		expect(guard.refusalOf(url, PUBLIC_ONLY)).toBeUndefined();
	});

	test.each([
		'http://example.com/',
		'ftp://example.com/',
		'javascript:alert(1)',
		'example.com',
		'',
		'https://',
	])('%s is no https URL', (url) => {
		expect(guard.refusalOf(url, PUBLIC_ONLY)).toBe('https_webhook_required');
	});

	test.each([
		'https://127.0.0.1/',
		'https://127.1/',
		'https://2130706433/',
		'https://0x7f000001/',
		'https://0177.0.0.1/',
		'https://0x7f.0.0.1/',
		'https://127.0.0.1./',
		'https://１２７.0.0.1/',
		'https://localhost/',
		'https://LOCALHOST/',
		'https://localhost./',
		'https://a.localhost/',
		'https://[::1]/',
		'https://[::ffff:127.0.0.1]/',
		'https://[::ffff:7f00:1]/',
		'https://[64:ff9b::a00:1]/',
		'https://[2002:a00:1::]/',
		'https://[2001::1]/',
		'https://[fd00::1]/',
		'https://[fe80::1]/',
		'https://[ff02::1]/',
		'https://10.0.0.1/',
		'https://100.64.0.1/',
		'https://169.254.169.254/latest/meta-data',
		'https://192.168.1.1:8443/',
		'https://172.16.0.1/',
		'https://224.0.0.1/',
		'https://0/',
		'https://user@example.com/',
		'https://user:pass@example.com/',
		'https://example.com@127.0.0.1/',
	])('%s is refused', (url) => {
		expect(guard.refusalOf(url, PUBLIC_ONLY)).toBe('webhook_address_refused');
	});

	test('who shares the machine may be called on loopback, without TLS, and nowhere else', () => {
		for (const url of [
			'http://127.0.0.1:5678/x',
			'http://localhost:5678/x',
			'http://[::1]:5678/x',
		]) {
			expect(guard.refusalOf(url, SHARED_MACHINE)).toBeUndefined();
			expect(guard.refusalOf(url, PUBLIC_ONLY)).toBe('https_webhook_required');
		}
		expect(guard.refusalOf('http://192.168.1.1/', SHARED_MACHINE)).toBe('https_webhook_required');
		expect(guard.refusalOf('https://192.168.1.1/', SHARED_MACHINE)).toBe('webhook_address_refused');
	});

	test('the operator opens hosts by name, address or port, http and private apart', () => {
		const opened = new AddressGuard({
			allowPrivateHosts: ['10.0.0.5', 'N8N.local', '192.168.0.1:8443', '[fd00::5]'],
			allowHttpHosts: ['n8n.local', '10.0.0.6'],
		});
		const refusal = (url: string) => opened.refusalOf(url, PUBLIC_ONLY);
		expect(refusal('https://10.0.0.5/')).toBeUndefined();
		expect(refusal('https://[fd00::5]/')).toBeUndefined();
		expect(refusal('https://192.168.0.1:8443/')).toBeUndefined();
		expect(refusal('https://192.168.0.1/')).toBe('webhook_address_refused');
		expect(refusal('http://n8n.local:5678/')).toBeUndefined();
		expect(refusal('http://10.0.0.5/')).toBe('https_webhook_required');
		expect(refusal('http://10.0.0.6/')).toBe('webhook_address_refused');
		expect(refusal('https://10.0.0.7/')).toBe('webhook_address_refused');
	});
});

describe('AddressGuard for the host of the n8n that runs the runner', () => {
	const parented = new AddressGuard({
		allowPrivateHosts: [],
		allowHttpHosts: [],
		parentHosts: ['192.168.1.5:5678', 'n8n.lan:80', 'n8n.lan:443', '8.8.8.8:80'],
		resolve(name, callback) {
			const address = name === 'n8n.lan' ? '192.168.1.5' : '10.0.0.9';
			setImmediate(() => callback(null, [{ address, family: 4 }]));
		},
	});
	const dial = (guarded: AddressGuard, url: string) =>
		new Promise((resolve, reject) => {
			const look = guarded.lookupFor(url, SHARED_MACHINE);
			look(new URL(url).hostname, {}, (error, address) => {
				if (error) reject(error);
				else resolve(address);
			});
		});

	test('who shares the machine may have it called, private and without TLS', async () => {
		for (const url of ['http://192.168.1.5:5678/x', 'http://n8n.lan/x', 'https://n8n.lan/x']) {
			expect(parented.refusalOf(url, SHARED_MACHINE)).toBeUndefined();
		}
		await expect(dial(parented, 'http://n8n.lan/x')).resolves.toBe('192.168.1.5');
		await expect(dial(parented, 'https://n8n.lan/x')).resolves.toBe('192.168.1.5');
	});

	test('nobody else may, and no other host or port of the network', async () => {
		expect(parented.refusalOf('https://192.168.1.5:5678/x', PUBLIC_ONLY)).toBe(
			'webhook_address_refused',
		);
		expect(parented.refusalOf('http://n8n.lan/x', PUBLIC_ONLY)).toBe('https_webhook_required');
		const others = ['http://192.168.1.5/x', 'http://192.168.1.6:5678/x', 'http://other.lan/x'];
		for (const url of others) {
			expect(parented.refusalOf(url, SHARED_MACHINE)).toBe('https_webhook_required');
		}
		expect(parented.refusalOf('https://192.168.1.5/x', SHARED_MACHINE)).toBe(
			'webhook_address_refused',
		);
		await expect(dial(parented, 'https://other.lan/x')).rejects.toThrow(/private or reserved/);
	});

	test('a public one is not called without TLS, be it an address or what a name leads to', async () => {
		expect(parented.refusalOf('http://8.8.8.8/x', SHARED_MACHINE)).toBe('https_webhook_required');
		const moved = new AddressGuard({
			allowPrivateHosts: [],
			allowHttpHosts: [],
			parentHosts: ['n8n.lan:80'],
			resolve: (_name, callback) =>
				setImmediate(() => callback(null, [{ address: '8.8.8.8', family: 4 }])),
		});
		await expect(dial(moved, 'http://n8n.lan/x')).rejects.toThrow(/only https/);
	});
});

describe('AddressGuard.lookupFor', () => {
	const resolving = (...addresses: string[]) => {
		let questions = 0;
		const guarded = new AddressGuard({
			allowPrivateHosts: ['inside.example'],
			allowHttpHosts: [],
			resolve(_name, callback) {
				questions += 1;
				setImmediate(() =>
					callback(
						null,
						addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
					),
				);
			},
		});
		const ask = (
			url: string,
			allowance = PUBLIC_ONLY,
			options: { all?: boolean; family?: number } = {},
		) =>
			new Promise((resolve, reject) => {
				guarded.lookupFor(url, allowance)(new URL(url).hostname, options, (error, address) => {
					if (error) reject(error);
					else resolve(address);
				});
			});
		return { ask, questions: () => questions };
	};

	test('a name that leads to a private address is refused when it is dialled', async () => {
		const { ask } = resolving('10.0.0.1');
		await expect(ask('https://rebound.example/')).rejects.toThrow(/private or reserved/);
		await expect(ask('https://rebound.example/', SHARED_MACHINE)).rejects.toThrow(/private/);
		await expect(ask('https://inside.example/')).resolves.toBe('10.0.0.1');
	});

	test('of several addresses only the public ones are dialled', async () => {
		const { ask } = resolving('127.0.0.1', '8.8.8.8', '::1');
		await expect(ask('https://mixed.example/')).resolves.toBe('8.8.8.8');
		await expect(ask('https://mixed.example/', PUBLIC_ONLY, { all: true })).resolves.toEqual([
			{ address: '8.8.8.8', family: 4 },
		]);
		await expect(ask('https://mixed.example/', PUBLIC_ONLY, { family: 6 })).rejects.toThrow();
		await expect(ask('https://mixed.example/', SHARED_MACHINE)).resolves.toBe('127.0.0.1');
	});

	test('a name is asked for once at a time, so that a dead name server takes one thread', async () => {
		const { ask, questions } = resolving('8.8.8.8');
		await Promise.all([1, 2, 3, 4].map(() => ask('https://slow.example/')));
		expect(questions()).toBe(1);
	});
});
