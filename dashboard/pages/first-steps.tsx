import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../parts/button.tsx'
import type { Membership } from '../stores/me.ts'
import { administers } from '../stores/me.ts'
import { InstallationState, SignInSample, Snippet } from './installation.tsx'
import '../styles/first-steps.css'

/** From an empty project to the first signed visitor. */
export function FirstSteps({ membership }: { membership: Membership }) {
  const { project } = membership
  const [, go] = useLocation()
  const home = `/projects/${project.id}`
  return (
    <main className="steps">
      <div className="steps-text">
        <header>
          <h1 className="page-title">Put the chat on your site</h1>
          <p className="steps-lead">Two pieces of code. The preview is live already: write to yourself.</p>
        </header>
        <ol className="steps-list">
          <Step title="Paste this into your pages">
            <Snippet projectId={project.id} />
          </Step>
          <Step title="Sign your visitors in">
            <p>
              Your server signs a short token for whoever is logged in; the chat then shows who it really is.
              {administers(membership) && ' Generate a shared secret first; the dialog has the code for your language.'}
            </p>
            <SignInSample />
            {administers(membership) && (
              <div>
                <Button icon="key" onPress={() => go(`${home}/settings/visitor-authentication`)}>
                  Generate a shared secret
                </Button>
              </div>
            )}
          </Step>
          <Step title="See somebody arrive">
            <InstallationState projectId={project.id} />
          </Step>
        </ol>
        <div>
          <Button look="primary" size="large" onPress={() => go(`${home}/inbox`)}>
            Open the inbox
          </Button>
        </div>
      </div>
      <Preview projectId={project.id} />
    </main>
  )
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li className="step">
      <h2>{title}</h2>
      {children}
    </li>
  )
}

function Preview({ projectId }: { projectId: string }) {
  return (
    <figure className="preview">
      <figcaption className="preview-bar">Live preview</figcaption>
      <iframe title="Live preview of the chat" src={`/preview?project=${projectId}`} />
    </figure>
  )
}
