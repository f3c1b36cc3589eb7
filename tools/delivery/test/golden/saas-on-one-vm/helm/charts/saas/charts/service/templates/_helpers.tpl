{{- /* Rendered by plinth from the platform description. Do not edit: change the description. */ -}}
{{- define "service.name" -}}
{{- .Values.name | default .Chart.Name -}}
{{- end }}

{{- define "service.platform" -}}
{{- (.Values.global).platform | default .Release.Name -}}
{{- end }}

{{- define "service.selectorLabels" -}}
app.kubernetes.io/name: {{ include "service.name" . }}
app.kubernetes.io/instance: {{ include "service.platform" . }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.selectorLabels" . }}
app.kubernetes.io/component: {{ .Values.component }}
app.kubernetes.io/part-of: {{ include "service.platform" . }}
{{- end }}

{{- define "service.image" -}}
{{- $tag := .Values.image.tag -}}
{{- range (.Values.global).images -}}
{{- if eq .name $.Values.image.repository -}}
{{- $tag = .newTag -}}
{{- end -}}
{{- end -}}
{{- $tag = required (printf "%s: image.tag or an entry of global.images is needed" (include "service.name" .)) $tag -}}
{{- printf "%s%s%s" .Values.image.repository (ternary "@" ":" (contains ":" $tag)) $tag -}}
{{- end }}

{{- define "service.fileKey" -}}
{{- regexReplaceAll "[^-._a-zA-Z0-9]" (. | trimPrefix "/" | replace "/" "__") "-" -}}
{{- end }}

{{- /* What a job reads must be there before it: of the same phase, and earlier. */ -}}
{{- define "service.supportAnnotations" -}}
{{- if eq .Values.hook "before" }}
annotations:
  helm.sh/hook: pre-install,pre-upgrade
  helm.sh/hook-weight: "-10"
  helm.sh/hook-delete-policy: before-hook-creation
  argocd.argoproj.io/hook: PreSync
  argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
  argocd.argoproj.io/sync-wave: "-2"
{{- end }}
{{- end }}

{{- define "service.probe" -}}
{{- if .command }}
exec:
  command:
    {{- toYaml .command | nindent 4 }}
{{- else }}
httpGet:
  path: {{ .path }}
  port: {{ int .port }}
  scheme: HTTP
{{- end }}
{{- with .initialDelaySeconds }}
initialDelaySeconds: {{ int . }}
{{- end }}
periodSeconds: {{ int .periodSeconds }}
timeoutSeconds: {{ int .timeoutSeconds }}
failureThreshold: {{ int .failureThreshold }}
{{- end }}
