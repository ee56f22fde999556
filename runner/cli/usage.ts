/** What `--help` prints. */
export const USAGE = `api-whatsapp-web: a session runner for WhatsApp

  api-whatsapp-web                            start the runner
  api-whatsapp-web export <instance> <file>   move an instance into an encrypted file
    --media    its received and sent files as well
    --copy     leave the instance as it is: a backup for emergencies
  api-whatsapp-web import <file>              take an instance in
    --name <name>  under another name
  api-whatsapp-web --help | --version

Settings are environment variables: AWW_DATA_DIR names the data folder (that of n8n's embedded
runner is ~/.n8n/api-whatsapp-web), AWW_BACKUP_PASSPHRASE the passphrase of a backup, which is
asked for otherwise. export and import need the runner stopped; with an embedded one, stop n8n.
`;
