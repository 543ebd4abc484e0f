import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'
import { minify as squeeze } from 'terser'
import { build, defineConfig, minify, type Plugin, type Rolldown, type UserConfig } from 'vite'
import { shortNames } from './short-names.ts'
import { smallPreact } from './small-preact.ts'

const here = import.meta.dirname
const outDir = join(here, '../dist/widget')

/** What both builds share. The small atom saves every page half a kilobyte. */
const shared: UserConfig = {
  root: here,
  logLevel: 'warn',
  resolve: { alias: { nanostores: join(here, 'atom.ts'), 'preact/jsx-runtime': join(here, 'jsx.ts') } },
  plugins: [withShortNames()],
}

/** Of 2024: older ones make the build add workarounds for what the styles do not use. */
const cssTarget = ['chrome123', 'firefox120', 'safari17.5']

/**
 * Two builds: the panel and the connection as modules with hashed names, then the loader, a classic script with a
 * name that never changes, which is told those names. Everything is compressed here, once.
 */
export default defineConfig({
  ...shared,
  base: './',
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    cssTarget,
    lib: {
      entry: {
        panel: join(here, 'panel/panel.tsx'),
        live: join(here, 'live.ts'),
        'page-api': join(here, 'page-api/page-api.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      // What panel and connection share is in the connection's file, which every panel needs: one file less.
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        minify: true,
        // Hints for whoever bundles further, which nobody does.
        comments: { annotation: false },
      },
    },
  },
  plugins: [smallPreact(), withShortNames(), loaderAfterPanel()],
})

/** For code without `function.length`, getters that do something, or a function used as a class: ours. */
const compress = { passes: 4, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false, pure_getters: true }

/** The bundler itself shortens properties in a build of one file only. */
function withShortNames(): Plugin {
  const mangleProps = { include: new RegExp(`^(${Object.keys(shortNames).join('|')})$`), cache: shortNames }
  return {
    name: 'with-short-names',
    apply: 'build',
    async renderChunk(code, { fileName }) {
      const options = {
        module: true,
        compress: false,
        mangle: false,
        codegen: { removeWhitespace: false },
        mangleProps,
      }
      const result = await minify(fileName, code, options)
      return { code: result.code, map: null }
    },
    /** What the bundler's minifier has made small, terser makes 3 % smaller. */
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue
        file.code = (await squeeze(file.code, { module: true, ecma: 2020, compress })).code ?? file.code
      }
    },
  }
}

function loaderAfterPanel(): Plugin {
  return {
    name: 'loader-after-panel',
    apply: 'build',
    async writeBundle(_options, bundle) {
      await buildLoader({
        __PANEL__: fileOf(bundle, 'panel'),
        __LIVE__: fileOf(bundle, 'live'),
        __PAGE_API__: fileOf(bundle, 'page-api'),
      })
      compressAll()
      copyFileSync(join(here, 'types/tiledesk.d.ts'), join(outDir, 'tiledesk.d.ts'))
    },
  }
}

function fileOf(bundle: Rolldown.OutputBundle, name: string): string {
  const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === name)
  if (!entry) throw new Error(`The build made no ${name}.`)
  return entry.fileName
}

async function buildLoader(files: Record<string, string>): Promise<void> {
  await build({
    ...shared,
    configFile: false,
    define: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, JSON.stringify(file)])),
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      cssTarget,
      minify: true,
      lib: { entry: join(here, 'loader.ts'), formats: ['iife'], name: 'signet', fileName: () => 'tiledesk.js' },
    },
  })
}

function compressAll(): void {
  for (const name of readdirSync(outDir)) {
    if (!/\.(js|css)$/.test(name)) continue
    const file = join(outDir, name)
    const bytes = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } }))
  }
}
