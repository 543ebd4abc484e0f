/**
 * The chart in ops/helm/signet. Where helm is on the path it is linted and rendered; where not, what it made of two
 * examples is read from ops/helm/examples, and held to be of the chart as it is now.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { root } from '../sources.ts'

interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> }
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own
  spec: any
}

const helmDir = join(root, 'ops/helm')
const chartDir = join(helmDir, 'signet')
const helm = spawnSync('helm', ['version', '--short'], { encoding: 'utf8' }).status === 0
if (!helm) console.warn('There is no helm here: the chart is not linted, and what it once made is read instead.')

/** Of a Kubernetes that the chart is for: an older helm takes itself for one of its own age. */
const asCluster = ['--namespace', 'chat', '--kube-version', '1.30.0']

function manifests(example: string): Manifest[] {
  const text = helm
    ? run('template', 'chat', chartDir, ...asCluster, '-f', join(helmDir, 'examples', `${example}.yaml`))
    : readFileSync(join(helmDir, 'examples', `${example}.rendered.yaml`), 'utf8')
  return parseAllDocuments(text)
    .map((document) => {
      expect(document.errors).toEqual([])
      return document.toJS()
    })
    .filter((manifest) => manifest !== null)
}

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('helm', args, { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return stdout
}

function one(all: Manifest[], kind: string): Manifest {
  const found = all.filter((manifest) => manifest.kind === kind)
  if (found.length !== 1 || !found[0]) throw new Error(`There are ${found.length} of ${kind}.`)
  return found[0]
}

const pathsOfChart = globSync('**/*', { cwd: chartDir, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()

test('[HT3] the examples are of the chart as it is', () => {
  const sum = createHash('sha256')
  for (const path of pathsOfChart) sum.update(readFileSync(path))
  const digest = sum.digest('hex')
  for (const example of ['one-node', 'three-nodes']) {
    const said = readFileSync(join(helmDir, 'examples', `${example}.rendered.yaml`), 'utf8').split('\n')[1]
    const how = `helm template chat ops/helm/signet ${asCluster.join(' ')} -f ops/helm/examples/${example}.yaml`
    expect(said, `Make it anew with ${how}, and put this sum into its second line.`).toBe(`# chart ${digest}`)
  }
})

test('[HT3] the chart is what helm lint takes', () => {
  const chart = parse(readFileSync(join(chartDir, 'Chart.yaml'), 'utf8'))
  expect(chart).toMatchObject({ apiVersion: 'v2', name: 'signet', type: 'application' })
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(chart.appVersion).toBe(version)
  const values = parse(readFileSync(join(chartDir, 'values.yaml'), 'utf8'))
  const schema = JSON.parse(readFileSync(join(chartDir, 'values.schema.json'), 'utf8'))
  expect(Object.keys(values).toSorted()).toEqual(
    Object.keys(schema.properties)
      .filter((name) => name !== 'global')
      .toSorted(),
  )
  // Every value that a template asks for is there, so that none is silently nothing.
  const templates = pathsOfChart.filter((path) => path.includes('templates')).map((path) => readFileSync(path, 'utf8'))
  const asked = templates.flatMap((text) => [...text.matchAll(/\.Values\.([A-Za-z.]+)/g)].map(([, path = '']) => path))
  expect(asked.length).toBeGreaterThan(30)
  for (const path of asked) {
    const value = path.split('.').reduce((at: unknown, name) => Object(at)[name], values)
    expect(value, path).toBeDefined()
  }
  if (helm) run('lint', '--strict', chartDir, '-f', join(helmDir, 'examples/one-node.yaml'))
})

describe.each(['one-node', 'three-nodes'])('the chart as %s', (example) => {
  const all = manifests(example)
  const pod = one(all, 'Deployment').spec.template
  const [container] = pod.spec.containers

  test('[HT3] every object has a kind, a name that a cluster takes, and the labels that select it', () => {
    const known: Record<string, string> = {
      Deployment: 'apps/v1',
      Service: 'v1',
      Secret: 'v1',
      PersistentVolumeClaim: 'v1',
      Ingress: 'networking.k8s.io/v1',
      PodDisruptionBudget: 'policy/v1',
      ServiceMonitor: 'monitoring.coreos.com/v1',
    }
    for (const { kind, apiVersion, metadata } of all) {
      expect(known[kind], kind).toBe(apiVersion)
      expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'signet' })
    }
    const { matchLabels } = one(all, 'Deployment').spec.selector
    expect(pod.metadata.labels).toMatchObject(matchLabels)
    expect(one(all, 'Service').spec.selector).toEqual(matchLabels)
  })

  test('[HT3] the container is nobody in particular, on a file system that it cannot write to', () => {
    expect(pod.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    const mounted = container.volumeMounts.map(({ name }: { name: string }) => name)
    expect(pod.spec.volumes.map(({ name }: { name: string }) => name).toSorted()).toEqual(mounted.toSorted())
  })

  test('[HT3][DL8] it is asked whether it is alive and ready, and let finish', () => {
    expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' })
    expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' })
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(13)
    expect(container.ports).toEqual([{ name: 'http', containerPort: 4000 }])
    expect(one(all, 'Service').spec.ports[0].targetPort).toBe('http')
  })
})

test('[HT3] one node with a file is never two processes, and several are never all away', () => {
  const [alone, several] = [manifests('one-node'), manifests('three-nodes')]
  expect(one(alone, 'Deployment').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
  expect(one(several, 'Deployment').spec).toMatchObject({
    replicas: 3,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } },
  })
  expect(one(several, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1)
  expect(one(alone, 'PersistentVolumeClaim').metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' })
  const ingress = one(several, 'Ingress').spec
  expect([ingress.rules[0].host, ingress.tls[0].hosts[0]]).toEqual(['chat.example.com', 'chat.example.com'])
  expect(several.some(({ kind }) => kind === 'Secret')).toBe(false)
})
