import type { DropKind, Simulator } from './index';
import type { Contact } from './accounts/Contact';

/** What a contributor types to play the phone and the contacts. */
export interface Prompt {
	readonly greeting: string;
	/** Runs one line; false when it was the last. */
	run(line: string): Promise<boolean>;
}

const OWNER = '15550001111';
const CONTACTS = ['15550002222', '15550003333'];

const HELP = `scan <qr>              link the client that shows this code
code <number> <code>   link the client that asked for a pairing code for that number
send <contact> <text>  a contact writes to the owner, e.g. send ${CONTACTS[0]} hello
read                   all contacts read what they got
drop <how>             end the connection: tcpReset, close, replaced, deviceRemoved, streamError503, …
unlink                 remove the clients on the phone
help                   this list
quit                   end`;

/** Makes a phone and two contacts and returns the commands over them. */
export function createPrompt(simulator: Simulator, print: (text: string) => void): Prompt {
	const phone = simulator.createPhone({ number: OWNER, name: 'Owner' });
	const phones = new Map([[OWNER, phone]]);
	const contacts = new Map<string, Contact>();
	for (const number of CONTACTS) {
		contacts.set(number, simulator.createContact({ number, name: `Contact ${number.slice(-4)}` }));
	}
	simulator.on('messageAtContact', (contact, { type, text }) => {
		print(`${contact.number} got ${type}: ${text}`);
	});
	simulator.on('online', ({ jid }) => print(`online: ${jid}`));
	simulator.on('offline', ({ jid }) => print(`offline: ${jid}`));
	const commands: Record<string, (rest: string) => Promise<string>> = {
		scan: async (qr) => `linked ${(await phone.scan(qr)).jid}`,
		code: async (rest) => {
			const [number = OWNER, code = ''] = rest.split(/\s+/);
			const owner = phones.get(number) ?? simulator.createPhone({ number });
			phones.set(number, owner);
			return `linked ${(await owner.enterPairingCode(code)).jid}`;
		},
		send: async (rest) => {
			const [number = '', ...words] = rest.split(' ');
			const contact = contacts.get(number) ?? simulator.createContact({ number });
			contacts.set(number, contact);
			return `queued ${await contact.sendText(phone, words.join(' '))}`;
		},
		read: async () => {
			for (const contact of contacts.values()) {
				contact.markRead(...contact.inbox.map(({ id }) => id));
			}
			return 'read';
		},
		drop: async (how) => {
			for (const device of phone.devices) device.drop(how as DropKind);
			return 'dropped';
		},
		unlink: async () => {
			for (const device of [...phone.devices]) phone.unlink(device);
			return 'unlinked';
		},
		help: async () => HELP,
	};
	return {
		greeting: toGreeting(simulator),
		run: async (line) => {
			const [, name = '', rest = ''] = /^\s*(\S*)\s*(.*)$/.exec(line) ?? [];
			if (name === 'quit') return false;
			const command = commands[name];
			try {
				if (command) print(await command(rest.trim()));
				else if (name) print(`There is no "${name}". Type help.`);
			} catch (error) {
				print(error instanceof Error ? error.message : String(error));
			}
			return true;
		},
	};
}

const toGreeting = (simulator: Simulator): string => `WhatsApp Web simulator at ${simulator.url}
root key ${simulator.rootKeyHex}

Start the runner in another terminal:
  AWW_WHATSAPP_URL=${simulator.url} \\
  AWW_WHATSAPP_ROOT_KEY=${simulator.rootKeyHex} \\
  NODE_EXTRA_CA_CERTS=${simulator.caCertificateFile} \\
  npm start

Account owner ${OWNER}, contacts ${CONTACTS.join(', ')}.

${HELP}
`;
