export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A row of the README's table of settings. `default` is as one would write it; "" for none. */
export interface Setting {
	name: string;
	default: string;
	doc: string;
}

/** Every environment variable the runner reads. */
export const SETTINGS = [
	{ name: 'AWW_HOST', default: '127.0.0.1', doc: 'Address to listen on.' },
	{ name: 'AWW_PORT', default: '3417', doc: 'Port to listen on; 0 takes any free one.' },
	{
		name: 'AWW_DATA_DIR',
		default: 'data',
		doc: 'Folder of the database, the keys and the media. One runner per folder.',
	},
	{
		name: 'AWW_ADMIN_KEY',
		default: '',
		doc: 'The admin key. Unset: one is made and kept in the data folder, readable by its owner alone.',
	},
	{
		name: 'AWW_DATABASE_URL',
		default: '',
		doc: 'Reserved for Postgres. This version keeps everything in SQLite in the data folder and refuses to start with it.',
	},
	{
		name: 'AWW_PUBLIC_URL',
		default: '',
		doc: 'Base URL of links to media. Unset: where the runner listens.',
	},
	{
		name: 'AWW_ALLOW_HTTP_WEBHOOK_HOSTS',
		default: '',
		doc: 'Hosts that webhooks may call by http, separated by commas.',
	},
	{
		name: 'AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS',
		default: '',
		doc: 'Hosts that webhooks may call although their address is private or loopback, separated by commas.',
	},
	{
		name: 'AWW_WEBHOOK_SCHEDULE',
		default: '0,5,300,1800,7200,18000,36000,50400,72000,86400',
		doc: 'Seconds to wait before each attempt of a delivery, separated by commas; the first is 0.',
	},
	{
		name: 'AWW_MESSAGE_TTL_DAYS',
		default: '30',
		doc: 'Days after which a message expires; decimals are allowed.',
	},
	{
		name: 'AWW_LOG_LEVEL',
		default: 'info',
		doc: `One of ${LOG_LEVELS.join(', ')}. The log goes to stderr.`,
	},
	{
		name: 'AWW_WHATSAPP_URL',
		default: '',
		doc: 'For simulators only, and only while AWW_HOST is loopback: a ws:// URL in place of WhatsApp’s own.',
	},
	{
		name: 'AWW_WHATSAPP_ROOT_KEY',
		default: '',
		doc: 'For simulators only: the public key that signs the simulator’s certificate, in hex.',
	},
	{
		name: 'AWW_EMBEDDED',
		default: '',
		doc: '1 when n8n starts the runner: it shares the machine with its parent and ends with it.',
	},
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
