/** Every sample of examples/ that signs: how it is run, where its library is, and two mistakes to make in it. */
import { goVersion, npmVersion, phpVersion, python, said } from './installed.ts'

interface Named {
  /** Language, library and folder as the table in examples/README.md has them. */
  language: string
  library: string
  folder: string
}

export interface Sample extends Named {
  /** The library's version; nothing where it is not installed. */
  version: string | undefined
  command: [program: string, ...args: string[]]
  /** The file that signs. */
  signs: string
  milliseconds: Edit[]
  decoded: Edit[]
  /** What its other sample signs with a private key, and what the installed version is too old for. */
  publicKeys?: PublicKeyAlgorithm[]
  tooOldFor?: PublicKeyAlgorithm[]
}

export type PublicKeyAlgorithm = 'ES256' | 'EdDSA' | 'RS256'

export type Edit = [from: string, to: string]

export interface Unrun extends Named {
  why: string
}

const node = process.execPath
const nodeMilliseconds: Edit[] = [['Math.floor(Date.now() / 1000)', 'Date.now()']]
const nodeDecoded = "Buffer.from(process.env.SIGNET_SECRET, 'base64url')"
const perlMilliseconds: Edit[] = [['= time;', '= time * 1000;']]
const perlDecoded: Edit[] = [
  ['$ENV{SIGNET_SECRET}', 'do { require MIME::Base64; MIME::Base64::decode_base64url($ENV{SIGNET_SECRET}) }'],
]

export const samples: readonly Sample[] = [
  {
    language: 'Node',
    library: 'jsonwebtoken',
    folder: 'node-express',
    version: npmVersion('jsonwebtoken'),
    command: [node, 'print-token.js'],
    signs: 'chat-token.js',
    milliseconds: nodeMilliseconds,
    decoded: [['process.env.SIGNET_SECRET', nodeDecoded]],
  },
  {
    language: 'Node',
    library: 'jose',
    folder: 'node-jose',
    version: npmVersion('jose'),
    command: [node, 'print-token.js'],
    signs: 'chat-token.js',
    milliseconds: nodeMilliseconds,
    decoded: [['new TextEncoder().encode(process.env.SIGNET_SECRET)', nodeDecoded]],
    publicKeys: ['ES256', 'EdDSA', 'RS256'],
  },
  {
    language: 'PHP',
    library: 'firebase/php-jwt',
    folder: 'php',
    version: phpVersion(),
    command: ['php', 'print-token.php'],
    signs: 'chat-token.php',
    milliseconds: [['time()', '(int) (microtime(true) * 1000)']],
    decoded: [['($claims, $secret,', '($claims, base64_decode($secret),']],
    // EdDSA takes no PEM there.
    publicKeys: ['ES256', 'RS256'],
    tooOldFor: /^5\.[01]\./.test(phpVersion() ?? '') ? ['ES256'] : [],
  },
  {
    language: 'Python',
    library: 'PyJWT',
    folder: 'python',
    version: said(python, '-c', 'import jwt; print(jwt.__version__)'),
    command: [python, 'print_token.py'],
    signs: 'chat_token.py',
    milliseconds: [['int(time.time())', 'int(time.time() * 1000)']],
    decoded: [
      ['os.environ["SIGNET_SECRET"]', '__import__("base64").urlsafe_b64decode(os.environ["SIGNET_SECRET"] + "=")'],
    ],
    publicKeys: ['ES256', 'EdDSA', 'RS256'],
  },
  {
    language: 'Ruby',
    library: 'ruby-jwt',
    folder: 'ruby',
    version: said('ruby', '-e', 'require "jwt"; puts JWT.gem_version'),
    command: ['ruby', 'print_token.rb'],
    signs: 'chat_token.rb',
    milliseconds: [['Time.now.to_i', '(Time.now.to_f * 1000).to_i']],
    decoded: [['ENV.fetch("SIGNET_SECRET")', 'ENV.fetch("SIGNET_SECRET").tr("-_", "+/").unpack1("m")']],
  },
  {
    language: 'Go',
    library: 'golang-jwt',
    folder: 'go',
    version: goVersion(),
    command: ['./print-token'],
    signs: 'chat_token.go',
    milliseconds: [['.Unix()', '.UnixMilli()']],
    decoded: [
      ['"errors"', '"encoding/base64"\n\t"errors"'],
      [
        'secret := []byte(os.Getenv("SIGNET_SECRET"))',
        'secret, _ := base64.RawURLEncoding.DecodeString(os.Getenv("SIGNET_SECRET"))',
      ],
    ],
  },
  {
    language: 'Perl',
    library: 'Crypt::JWT',
    folder: 'perl',
    version: said('perl', '-MCrypt::JWT', '-e', 'print $Crypt::JWT::VERSION'),
    command: ['perl', 'chat_token.pl'],
    signs: 'chat_token.pl',
    milliseconds: perlMilliseconds,
    decoded: perlDecoded,
  },
  {
    language: 'Perl',
    library: 'no library',
    folder: 'perl',
    version: said('perl', '-MDigest::SHA', '-MJSON::PP', '-e', 'printf "%vd", $^V'),
    command: ['perl', 'plain_chat_token.pl'],
    signs: 'plain_chat_token.pl',
    milliseconds: perlMilliseconds,
    decoded: perlDecoded,
  },
]

/** What can be had neither from npm nor from Debian. */
export const unrun: readonly Unrun[] = [
  { language: 'Java', library: 'jjwt', folder: 'java', why: 'Debian has no jjwt' },
  {
    language: 'C#',
    library: 'System.IdentityModel.Tokens.Jwt',
    folder: 'csharp',
    why: 'Debian has neither .NET nor the library',
  },
]
