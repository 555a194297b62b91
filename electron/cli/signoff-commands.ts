import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type AnswerValue, answerValue } from '../../shared/contract/common.ts';
import { localHost } from '../hosts/index.ts';
import { assertPrints, auditExit, auditText, dayOf, periodText } from './audit.ts';
import { exitCodes, InputError } from './exit.ts';
import {
  exportReview,
  exportText,
  importReview,
  importText,
  showReview,
  showText,
  takeText,
} from './review.ts';
import { signedText, signReview } from './review-sign.ts';
import { answerOnTerminal, signAnswer, signText, standingsExit } from './sign.ts';
import { type Common, common, dataFolder, modeOf, type Terminal } from './terminal.ts';
import { verifyExit, verifyFile, verifyReport, verifyText } from './verify.ts';
import { openPack, withService } from './with-service.ts';

interface AuditOptions {
  all?: boolean;
  from?: string;
  to?: string;
  pdf?: boolean;
}

const asName = 'your name in allowed_signers';
const keyFile = 'your key: a private key, or a public key that an agent or a device has';

/** The commands about answers that are signed, and what is written of them. */
export function addSignoffCommands(program: Command, { answer, say }: Terminal): void {
  common(program.command('sign <pack>'), 'pack')
    .description('signs the answer of a role with your own key, over what the launch is now')
    .requiredOption('--role <role>', 'the role of launch.yaml that answers')
    .requiredOption('--as <name>', asName)
    .requiredOption('--key <file>', keyFile)
    .addOption(
      new Option('--answer <answer>', 'what the role says')
        .choices([...answerValue.options])
        .conflicts('withdraw'),
    )
    .option('--condition <text>', 'the condition of a go, or why it is a no-go', '')
    .option('--withdraw', 'take back what the role has said')
    .action(
      async (
        pack: string,
        options: Common & {
          role: string;
          as: string;
          key: string;
          answer?: AnswerValue;
          condition: string;
          withdraw?: boolean;
        },
      ) => {
        if (!options.answer && !options.withdraw)
          throw new InputError(`Say --answer ${answerValue.options.join('|')}, or --withdraw.`);
        const view = await withService(dataFolder(options), async (client) => {
          await openPack(client, resolve(pack), modeOf(options));
          const { role, as, answer: value = null, condition } = options;
          const by = { role, as, keyFile: resolve(options.key) };
          return signAnswer(client, by, value && { value, condition }, answerOnTerminal);
        });
        answer(options, view, signText(view), standingsExit(view));
      },
    );

  const review = program.command('review').description('exchanges signed answers and reviews with others');
  common(review.command('export <pack> <path>'), 'pack')
    .description(
      'writes one new zip that a reviewer opens anywhere, or adds what was signed to a shared folder',
    )
    .action(async (pack: string, path: string, options: Common) => {
      const written = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return exportReview(client, resolve(path), { say });
      });
      answer(options, written, exportText(path, written), exitCodes.asked);
    });
  common(review.command('show <pack>'), 'pack')
    .description('says what there is to review in a pack or a review file, and what reviewers say of it')
    .action(async (pack: string, options: Common) => {
      const shown = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return showReview(client);
      });
      answer(options, shown, showText(shown), exitCodes.asked);
    });
  common(review.command('sign <pack> <review> [path]'), 'pack')
    .description(
      'signs marks, comments and files that a YAML file says, and writes what is to be sent back: one new zip, or into a shared folder',
    )
    .requiredOption('--as <name>', asName)
    .requiredOption('--key <file>', keyFile)
    .action(
      async (
        pack: string,
        file: string,
        path: string | undefined,
        options: Common & { as: string; key: string },
      ) => {
        const to = path === undefined ? null : resolve(path);
        const signed = await withService(dataFolder(options), async (client) => {
          await openPack(client, resolve(pack), modeOf(options));
          const by = { as: options.as, keyFile: resolve(options.key), file: resolve(file) };
          return signReview(client, by, to, { say, ask: answerOnTerminal });
        });
        answer(options, signed, signedText(signed, to), exitCodes.asked);
      },
    );
  common(review.command('take <pack>'), 'pack')
    .description('makes what reviewers agree on the state of the items of the checklist')
    .action(async (pack: string, options: Common) => {
      const taken = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return client.signoff.takeOver({ items: null });
      });
      answer(options, taken, takeText(taken), taken.left.length > 0 ? exitCodes.no : exitCodes.asked);
    });
  common(review.command('import <pack> <path>'), 'pack')
    .description('takes in what others signed; nothing that does not verify')
    .option('--preview', 'only say what would come')
    .action(async (pack: string, path: string, options: Common & { preview?: boolean }) => {
      const imported = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return importReview(client, resolve(path), !options.preview);
      });
      const code = imported.refused.length > 0 ? exitCodes.no : exitCodes.asked;
      answer(options, imported, importText(imported, options.preview ?? false), code);
    });

  common(program.command('audit <pack-or-path> [path]'), 'pack')
    .description('writes the audit bundle of a launch, or of all launches, as a new zip or folder')
    .usage('[options] <pack> <path>\n       holdpoint audit --all [options] <path>')
    .option('--all', 'all launches that the journal knows, without their packs')
    .option('--from <day>', 'with --all: those of which anything was recorded on this day or later, in UTC')
    .option('--to <day>', 'with --all: on this day or earlier')
    .option('--pdf', 'every report as a PDF, too')
    .action(async (pack: string, path: string | undefined, options: Common & AuditOptions) => {
      const pdf = options.pdf ?? false;
      if (pdf) assertPrints(localHost('headless'));
      const period = { from: dayOf(options.from), to: dayOf(options.to) };
      if (options.all) {
        if (path !== undefined)
          throw new InputError('With --all there is no pack: say where to write, alone.');
        const all = await withService(dataFolder(options), (client) =>
          client.audit.write({ path: resolve(pack), period, pdf }),
        );
        answer(options, all, periodText(all), auditExit(all));
        return;
      }
      if (path === undefined) throw new InputError('Say the pack and where to write; or --all.');
      if (period.from || period.to) throw new InputError('--from and --to go with --all.');
      const written = await withService(dataFolder(options), async (client) => {
        await openPack(client, resolve(pack), modeOf(options));
        return client.audit.write({ path: resolve(path), period: null, pdf });
      });
      answer(options, written, auditText(written), auditExit(written));
    });

  common(program.command('verify <bundle>'))
    .description(
      'verifies an audit bundle, a folder or a zip: its files, its signatures, and what they were about',
    )
    .action((bundle: string, options: Common) => {
      const verified = verifyFile(resolve(bundle), new Date());
      answer(options, verifyReport(verified), verifyText(bundle, verified), verifyExit(verified));
    });
}
