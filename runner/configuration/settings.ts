export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What a busy person sends by hand. */
export const DEFAULT_MESSAGES_PER_MINUTE = 20;

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
		doc: 'The admin key: at least 16 characters, better random ones such as those of openssl rand -hex 32. Unset: one is made and kept in the data folder, readable by its owner alone.',
	},
	{
		name: 'AWW_ENCRYPTION_KEY',
		default: '',
		doc: 'Key that protects what is stored: at least 32 random characters, such as those of openssl rand -hex 32. Unset: one is made and kept in the data folder; embedded in n8n, it is derived from n8n’s encryption key.',
	},
	{
		name: 'AWW_ENCRYPTION_KEY_FILE',
		default: '',
		doc: 'A file that holds that key, in place of AWW_ENCRYPTION_KEY.',
	},
	{
		name: 'AWW_PREVIOUS_ENCRYPTION_KEY',
		default: '',
		doc: 'For the first start with another encryption key: the one used until then, or several with spaces between. A key is not changed without it.',
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
		doc: 'Hosts that may be called by http, as webhooks or for media, separated by commas.',
	},
	{
		name: 'AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS',
		default: '',
		doc: 'Hosts that may be called, as webhooks or for media, although their address is private or loopback, separated by commas.',
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
		name: 'AWW_MEDIA_MAX_MB',
		default: '100',
		doc: 'Largest media file that is sent or downloaded, in MB.',
	},
	{
		name: 'AWW_MEDIA_QUOTA_MB',
		default: '2048',
		doc: 'Disk space for media files in MB. When it is used up the oldest received ones are deleted.',
	},
	{
		name: 'AWW_MESSAGES_PER_MINUTE',
		default: String(DEFAULT_MESSAGES_PER_MINUTE),
		doc: 'How many messages an instance may send in a minute, after ten at once; 0 for no limit. An instance can have its own pace.',
	},
	{
		name: 'AWW_PROXY_URL',
		default: '',
		doc: 'Proxy through which WhatsApp is reached: its connection and the files of its hosts, nothing else. An http://, https:// or socks5:// URL, with user:password@ where it wants them. An instance can have one of its own.',
	},
	{
		name: 'AWW_LOG_LEVEL',
		default: 'info',
		doc: `One of ${LOG_LEVELS.join(', ')}. The log goes to stderr.`,
	},
	{
		name: 'AWW_BACKUP_PASSPHRASE',
		default: '',
		doc: 'For the commands export and import only: the passphrase of the backup. Unset: it is asked for.',
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
	{
		name: 'AWW_EMBEDDED_KEY',
		default: '',
		doc: 'Set by n8n when it starts the runner: the key derived from n8n’s encryption key. A data folder with a key of its own goes on with that.',
	},
	{
		name: 'AWW_PARENT_CERTIFICATE',
		default: '',
		doc: 'Set by n8n when it starts the runner: the file of the certificate with which n8n serves TLS itself. It is believed on loopback, whatever name it is for.',
	},
	{
		name: 'AWW_PARENT_WEBHOOK_HOSTS',
		default: '',
		doc: 'Set by n8n when it starts the runner: the hosts of n8n’s own webhook addresses. Its triggers may be called there although they are private.',
	},
	{
		name: 'N8N_SSRF_PROTECTION_ENABLED',
		default: '',
		doc: 'As n8n has it: true lets the four lists below count for webhooks and media as well. Private addresses are refused in any case.',
	},
	{
		name: 'N8N_SSRF_BLOCKED_IP_RANGES',
		default: '',
		doc: 'As n8n has it: further address ranges that are not called, separated by commas; `default` adds nothing, its ranges are always refused.',
	},
	{
		name: 'N8N_SSRF_ALLOWED_IP_RANGES',
		default: '',
		doc: 'As n8n has it: address ranges that may be called although they are private or blocked, separated by commas.',
	},
	{
		name: 'N8N_SSRF_BLOCKED_HOSTNAMES',
		default: '',
		doc: 'As n8n has it: hosts that are not called, separated by commas; `*.example.com` for all below it.',
	},
	{
		name: 'N8N_SSRF_ALLOWED_HOSTNAMES',
		default: '',
		doc: 'As n8n has it: hosts that may be called wherever their names lead, separated by commas.',
	},
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
