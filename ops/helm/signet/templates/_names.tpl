{{- define "signet.name" -}}
{{- if contains "signet" .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-signet{{ end }}
{{- end }}

{{- define "signet.selector" -}}
app.kubernetes.io/name: signet
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "signet.labels" -}}
{{ include "signet.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "signet.secret" -}}
{{ .Values.existingSecret | default (include "signet.name" .) }}
{{- end }}

{{- define "signet.claim" -}}
{{ .Values.persistence.existingClaim | default (include "signet.name" .) }}
{{- end }}

{{- define "signet.host" -}}
{{ .Values.ingress.host | default (regexReplaceAll "^https?://([^:/]+).*$" .Values.publicUrl "${1}") }}
{{- end }}

{{- define "signet.check" -}}
{{- $_ := required "publicUrl: say the address that people type, such as https://chat.example.com" .Values.publicUrl }}
{{- if and (eq .Values.database "sqlite") (gt (int .Values.replicas) 1) }}
{{- fail "replicas: SQLite is one process. Set database: postgres for more." }}
{{- end }}
{{- if ne (empty .Values.secret.awsAccessKeyId) (empty .Values.secret.awsSecretAccessKey) }}
{{- fail "secret.awsAccessKeyId and secret.awsSecretAccessKey belong together: set both, or neither." }}
{{- end }}
{{- if and (eq .Values.database "postgres") (not .Values.existingSecret) }}
{{- $_ := required "secret.databaseUrl: with database: postgres, say where it is, or name an existingSecret" .Values.secret.databaseUrl }}
{{- $_ := required "secret.masterKey: with database: postgres the master key must be given (openssl rand -base64 32)" .Values.secret.masterKey }}
{{- if gt (int .Values.replicas) 1 }}
{{- $_ := required "secret.redisUrl: several replicas wake one another over Redis or Valkey" .Values.secret.redisUrl }}
{{- end }}
{{- end }}
{{- end }}
