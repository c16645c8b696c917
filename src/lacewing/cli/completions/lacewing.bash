# Completion of lacewing for bash: source <(lacewing completion bash)
_lacewing() {
  local path="" word words="" files="" several="" before=""
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  [ "$current" = "=" ] && current=""
  [ "$previous" = "=" ] && previous="${COMP_WORDS[COMP_CWORD-2]}"
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
      ' login'|' logout'|' register'|' register-beta'|' profiles'|' profiles list'|' profiles use'|' whoami'|' projects'|' projects list'|' projects show'|' projects create'|' projects update'|' projects delete'|' projects restore'|' projects keys'|' projects create-key'|' projects rotate-key'|' config'|' config show'|' config get'|' config set'|' config unset'|' members'|' members list'|' members invite'|' members update'|' members remove'|' reports'|' reports list'|' reports view'|' reports update'|' reports comment'|' reports assign'|' reports open'|' reports export'|' reports watch'|' reports merge'|' reports unmerge'|' reports delete'|' tickets'|' tickets create'|' tickets list'|' tickets view'|' tickets update'|' stats'|' tokens'|' tokens list'|' tokens create'|' tokens rotate'|' tokens revoke'|' sessions'|' sessions list'|' sessions end'|' sessions end-all'|' webhooks'|' webhooks list'|' webhooks create'|' webhooks update'|' webhooks delete'|' webhooks rotate-secret'|' webhooks test'|' webhooks deliveries'|' webhooks resend'|' billing'|' billing status'|' billing upgrade'|' billing cancel'|' init'|' report'|' completion'|' serve'|' worker'|' migrate'|' doctor'|' backup'|' restore'|' import'|' import bugspark'|' import bugpin'|' admin'|' admin create-user'|' admin list-users'|' admin disable-user'|' admin enable-user'|' admin make-admin'|' admin reset-password'|' admin list-tokens'|' admin revoke-token'|' admin end-sessions'|' admin remove-factors'|' admin jobs'|' admin rotate-key-ring')
        path="$path $word" ;;
    esac
  done
  case "$path $previous" in
    ' login -m'|' login --method') words='browser email pat' ;;
    ' login --email'|' login --fields'|' login --profile'|' login --url'|' logout --fields'|' logout --profile'|' logout --url'|' register --name'|' register --email'|' register --setup-code'|' register --fields'|' register --profile'|' register --url'|' register-beta --name'|' register-beta --email'|' register-beta --reason'|' register-beta --fields'|' register-beta --profile'|' register-beta --url'|' profiles list --fields'|' profiles list --profile'|' profiles list --url'|' profiles use --fields'|' profiles use --profile'|' profiles use --url'|' whoami --fields'|' whoami --profile'|' whoami --url'|' projects list --fields'|' projects list --profile'|' projects list --url'|' projects show --fields'|' projects show --profile'|' projects show --url'|' projects create -d'|' projects create --domain'|' projects create --code'|' projects create --organization'|' projects create --fields'|' projects create --profile'|' projects create --url'|' projects update -n'|' projects update --name'|' projects update -d'|' projects update --domain'|' projects update --private'|' projects update --fields'|' projects update --profile'|' projects update --url'|' projects delete --fields'|' projects delete --profile'|' projects delete --url'|' projects restore --fields'|' projects restore --profile'|' projects restore --url'|' projects keys --fields'|' projects keys --profile'|' projects keys --url'|' projects create-key --origins'|' projects create-key --quota'|' projects create-key --fields'|' projects create-key --profile'|' projects create-key --url'|' projects rotate-key -g'|' projects rotate-key --grace'|' projects rotate-key --fields'|' projects rotate-key --profile'|' projects rotate-key --url'|' config show -p'|' config show --project'|' config show --fields'|' config show --profile'|' config show --url'|' config get -p'|' config get --project'|' config get --fields'|' config get --profile'|' config get --url'|' config set -p'|' config set --project'|' config set --fields'|' config set --profile'|' config set --url'|' config unset -p'|' config unset --project'|' config unset --fields'|' config unset --profile'|' config unset --url'|' members list -p'|' members list --project'|' members list --fields'|' members list --profile'|' members list --url'|' members invite -p'|' members invite --project'|' members invite --fields'|' members invite --profile'|' members invite --url'|' members update -p'|' members update --project'|' members update --fields'|' members update --profile'|' members update --url'|' members remove -p'|' members remove --project'|' members remove --fields'|' members remove --profile'|' members remove --url'|' reports list -p'|' reports list --project'|' reports list --assignee'|' reports list --label'|' reports list -q'|' reports list --query'|' reports list --search'|' reports list -l'|' reports list --limit'|' reports list --fields'|' reports list --profile'|' reports list --url'|' reports view --fields'|' reports view --profile'|' reports view --url'|' reports update -t'|' reports update --title'|' reports update -d'|' reports update --description'|' reports update -a'|' reports update --assignee'|' reports update --add-label'|' reports update --remove-label'|' reports update --watch'|' reports update --fields'|' reports update --profile'|' reports update --url'|' reports comment --fields'|' reports comment --profile'|' reports comment --url'|' reports assign --fields'|' reports assign --profile'|' reports assign --url'|' reports open --fields'|' reports open --profile'|' reports open --url'|' reports export -p'|' reports export --project'|' reports export --fields'|' reports export --profile'|' reports export --url'|' reports watch -p'|' reports watch --project'|' reports watch -q'|' reports watch --query'|' reports watch -l'|' reports watch --limit'|' reports watch --fields'|' reports watch --profile'|' reports watch --url'|' reports merge --into'|' reports merge --fields'|' reports merge --profile'|' reports merge --url'|' reports unmerge --fields'|' reports unmerge --profile'|' reports unmerge --url'|' reports delete --fields'|' reports delete --profile'|' reports delete --url'|' tickets create -t'|' tickets create --title'|' tickets create --given'|' tickets create --when'|' tickets create --then'|' tickets create --notes'|' tickets create -p'|' tickets create --project'|' tickets create --fields'|' tickets create --profile'|' tickets create --url'|' tickets list -p'|' tickets list --project'|' tickets list --search'|' tickets list -l'|' tickets list --limit'|' tickets list --fields'|' tickets list --profile'|' tickets list --url'|' tickets view --fields'|' tickets view --profile'|' tickets view --url'|' tickets update -t'|' tickets update --title'|' tickets update --given'|' tickets update --when'|' tickets update --then'|' tickets update --notes'|' tickets update -a'|' tickets update --assignee'|' tickets update --fields'|' tickets update --profile'|' tickets update --url'|' stats -p'|' stats --project'|' stats --fields'|' stats --profile'|' stats --url'|' tokens list -p'|' tokens list --project'|' tokens list --fields'|' tokens list --profile'|' tokens list --url'|' tokens create -e'|' tokens create --expires'|' tokens create -s'|' tokens create --scopes'|' tokens create -p'|' tokens create --project'|' tokens create --fields'|' tokens create --profile'|' tokens create --url'|' tokens rotate -g'|' tokens rotate --grace'|' tokens rotate -p'|' tokens rotate --project'|' tokens rotate --fields'|' tokens rotate --profile'|' tokens rotate --url'|' tokens revoke -p'|' tokens revoke --project'|' tokens revoke --fields'|' tokens revoke --profile'|' tokens revoke --url'|' sessions list --fields'|' sessions list --profile'|' sessions list --url'|' sessions end --fields'|' sessions end --profile'|' sessions end --url'|' sessions end-all --fields'|' sessions end-all --profile'|' sessions end-all --url'|' webhooks list -p'|' webhooks list --project'|' webhooks list --fields'|' webhooks list --profile'|' webhooks list --url'|' webhooks create -e'|' webhooks create --events'|' webhooks create -p'|' webhooks create --project'|' webhooks create --fields'|' webhooks create --profile'|' webhooks create --url'|' webhooks update --url'|' webhooks update -e'|' webhooks update --events'|' webhooks update --active'|' webhooks update --fields'|' webhooks update --profile'|' webhooks delete --fields'|' webhooks delete --profile'|' webhooks delete --url'|' webhooks rotate-secret --fields'|' webhooks rotate-secret --profile'|' webhooks rotate-secret --url'|' webhooks test -w'|' webhooks test --wait'|' webhooks test --fields'|' webhooks test --profile'|' webhooks test --url'|' webhooks deliveries -l'|' webhooks deliveries --limit'|' webhooks deliveries --fields'|' webhooks deliveries --profile'|' webhooks deliveries --url'|' webhooks resend -w'|' webhooks resend --wait'|' webhooks resend --fields'|' webhooks resend --profile'|' webhooks resend --url'|' billing status --fields'|' billing status --profile'|' billing status --url'|' billing upgrade --fields'|' billing upgrade --profile'|' billing upgrade --url'|' billing cancel --fields'|' billing cancel --profile'|' billing cancel --url'|' init -p'|' init --project'|' init -n'|' init --name'|' init --wait'|' init --fields'|' init --profile'|' init --url'|' report -d'|' report --description'|' report --reporter'|' report -p'|' report --project'|' report --key'|' report --fields'|' report --profile'|' report --url'|' serve --host'|' serve --port'|' import bugspark -o'|' import bugspark --organization'|' import bugspark --project'|' import bugspark --only'|' import bugpin -o'|' import bugpin --organization'|' import bugpin --project'|' import bugpin --only'|' admin jobs --kind'|' admin jobs --retry') words='' ;;
    ' members invite -r'|' members invite --role'|' members update -r'|' members update --role') words='admin editor viewer' ;;
    ' reports list -s'|' reports list --status') words='new triaging in_progress resolved closed open dismissed'; several=yes ;;
    ' reports list --severity') words='low medium high critical'; several=yes ;;
    ' reports list --category') words='bug ui performance crash other'; several=yes ;;
    ' reports list --since') words='today 7d 30d 90d' ;;
    ' reports list --sort') words='newest oldest updated severity' ;;
    ' reports update -s'|' reports update --status') words='new triaging in_progress resolved closed open dismissed' ;;
    ' reports update --severity'|' tickets create --priority'|' tickets list --priority'|' tickets update --priority'|' report --severity') words='low medium high critical' ;;
    ' reports update --category'|' report --category') words='bug ui performance crash other' ;;
    ' reports comment -f'|' reports comment --file'|' reports export -o'|' reports export --output'|' report -l'|' report --log'|' report --screenshot'|' serve --data'|' worker --data'|' migrate --data'|' doctor --data'|' backup --data'|' restore --data'|' import bugspark --files'|' import bugspark --notes'|' import bugspark --data'|' import bugpin --files'|' import bugpin --notes'|' import bugpin --data'|' admin create-user --data'|' admin list-users --data'|' admin disable-user --data'|' admin enable-user --data'|' admin make-admin --data'|' admin reset-password --data'|' admin list-tokens --data'|' admin revoke-token --data'|' admin end-sessions --data'|' admin remove-factors --data'|' admin jobs --data'|' admin rotate-key-ring --data') files=yes ;;
    ' reports export --format') words='md json har' ;;
    ' tickets list -s'|' tickets list --status'|' tickets update -s'|' tickets update --status') words='open in_progress resolved closed' ;;
    ' tickets list --sort') words='newest oldest updated priority' ;;
    ' tokens create --kind') words='bsk_pat pk' ;;
    ' init -f'|' init --framework') words='plain react vue angular svelte nextjs django rails' ;;
    *)
      case "$path" in
        '') words='login logout register register-beta profiles whoami projects config members reports tickets stats tokens sessions webhooks billing init report completion serve worker migrate doctor backup restore import admin --help' ;;
        ' login') words='--method --token --email --no-open --in-file --insecure --json --fields --profile --url --verbose --help' ;;
        ' logout') words='--keep-token --json --fields --profile --url --verbose --help' ;;
        ' register') words='--name --email --setup-code --in-file --insecure --json --fields --profile --url --verbose --help' ;;
        ' register-beta') words='--name --email --reason --insecure --json --fields --profile --url --verbose --help' ;;
        ' profiles') words='list use --help' ;;
        ' profiles list') words='--json --fields --profile --url --verbose --help' ;;
        ' profiles use') words='--json --fields --profile --url --verbose --help' ;;
        ' whoami') words='--json --fields --profile --url --verbose --help' ;;
        ' projects') words='list show create update delete restore keys create-key rotate-key --help' ;;
        ' projects list') words='--deleted --json --fields --profile --url --verbose --help' ;;
        ' projects show') words='--json --fields --profile --url --verbose --help' ;;
        ' projects create') words='--domain --code --organization --json --fields --profile --url --verbose --help' ;;
        ' projects update') words='--name --domain --private --json --fields --profile --url --verbose --help' ;;
        ' projects delete') words='--permanent --force --json --fields --profile --url --verbose --help' ;;
        ' projects restore') words='--json --fields --profile --url --verbose --help' ;;
        ' projects keys') words='--json --fields --profile --url --verbose --help' ;;
        ' projects create-key') words='--origins --quota --json --fields --profile --url --verbose --help' ;;
        ' projects rotate-key') words='--grace --force --json --fields --profile --url --verbose --help' ;;
        ' config') words='show get set unset --help' ;;
        ' config show') words='--project --json --fields --profile --url --verbose --help' ;;
        ' config get') words='--project --json --fields --profile --url --verbose --help' ;;
        ' config set') words='--project --json --fields --profile --url --verbose --help' ;;
        ' config unset') words='--project --json --fields --profile --url --verbose --help' ;;
        ' members') words='list invite update remove --help' ;;
        ' members list') words='--project --json --fields --profile --url --verbose --help' ;;
        ' members invite') words='--role --project --json --fields --profile --url --verbose --help' ;;
        ' members update') words='--role --project --json --fields --profile --url --verbose --help' ;;
        ' members remove') words='--force --project --json --fields --profile --url --verbose --help' ;;
        ' reports') words='list view update comment assign open export watch merge unmerge delete --help' ;;
        ' reports list') words='--project --status --severity --category --assignee --label --query --search --since --sort --limit --json --fields --profile --url --verbose --help' ;;
        ' reports view') words='--full --json --fields --profile --url --verbose --help' ;;
        ' reports update') words='--status --severity --category --title --description --assignee --add-label --remove-label --watch --json --fields --profile --url --verbose --help' ;;
        ' reports comment') words='--file --for-reporter --json --fields --profile --url --verbose --help' ;;
        ' reports assign') words='--json --fields --profile --url --verbose --help' ;;
        ' reports open') words='--print --json --fields --profile --url --verbose --help' ;;
        ' reports export') words='--format --project --output --force --json --fields --profile --url --verbose --help' ;;
        ' reports watch') words='--project --query --limit --json --fields --profile --url --verbose --help' ;;
        ' reports merge') words='--into --json --fields --profile --url --verbose --help' ;;
        ' reports unmerge') words='--json --fields --profile --url --verbose --help' ;;
        ' reports delete') words='--force --json --fields --profile --url --verbose --help' ;;
        ' tickets') words='create list view update --help' ;;
        ' tickets create') words='--title --given --when --then --priority --notes --project --json --fields --profile --url --verbose --help' ;;
        ' tickets list') words='--project --status --priority --search --sort --limit --json --fields --profile --url --verbose --help' ;;
        ' tickets view') words='--json --fields --profile --url --verbose --help' ;;
        ' tickets update') words='--status --priority --title --given --when --then --notes --assignee --json --fields --profile --url --verbose --help' ;;
        ' stats') words='--project --json --fields --profile --url --verbose --help' ;;
        ' tokens') words='list create rotate revoke --help' ;;
        ' tokens list') words='--project --json --fields --profile --url --verbose --help' ;;
        ' tokens create') words='--expires --scopes --kind --project --json --fields --profile --url --verbose --help' ;;
        ' tokens rotate') words='--grace --project --json --fields --profile --url --verbose --help' ;;
        ' tokens revoke') words='--force --project --json --fields --profile --url --verbose --help' ;;
        ' sessions') words='list end end-all --help' ;;
        ' sessions list') words='--json --fields --profile --url --verbose --help' ;;
        ' sessions end') words='--json --fields --profile --url --verbose --help' ;;
        ' sessions end-all') words='--force --json --fields --profile --url --verbose --help' ;;
        ' webhooks') words='list create update delete rotate-secret test deliveries resend --help' ;;
        ' webhooks list') words='--project --json --fields --profile --url --verbose --help' ;;
        ' webhooks create') words='--events --project --json --fields --profile --url --verbose --help' ;;
        ' webhooks update') words='--url --events --active --json --fields --profile --verbose --help' ;;
        ' webhooks delete') words='--force --json --fields --profile --url --verbose --help' ;;
        ' webhooks rotate-secret') words='--force --json --fields --profile --url --verbose --help' ;;
        ' webhooks test') words='--wait --json --fields --profile --url --verbose --help' ;;
        ' webhooks deliveries') words='--limit --json --fields --profile --url --verbose --help' ;;
        ' webhooks resend') words='--wait --json --fields --profile --url --verbose --help' ;;
        ' billing') words='status upgrade cancel --help' ;;
        ' billing status') words='--json --fields --profile --url --verbose --help' ;;
        ' billing upgrade') words='--json --fields --profile --url --verbose --help' ;;
        ' billing cancel') words='--force --json --fields --profile --url --verbose --help' ;;
        ' init') words='--project --name --framework --write --wait --json --fields --profile --url --verbose --help'; [[ "$current" == -* ]] || files=yes ;;
        ' report') words='--command --description --log --screenshot --severity --category --reporter --project --key --json --fields --profile --url --verbose --help' ;;
        ' completion') words='bash zsh fish --help' ;;
        ' serve') words='--host --port --data --help' ;;
        ' worker') words='--data --help' ;;
        ' migrate') words='--data --help' ;;
        ' doctor') words='--json --data --help' ;;
        ' backup') words='--without-secrets --without-attachments --data --help'; [[ "$current" == -* ]] || files=yes ;;
        ' restore') words='--replace --verify --data --help'; [[ "$current" == -* ]] || files=yes ;;
        ' import') words='bugspark bugpin --help' ;;
        ' import bugspark') words='--organization --project --only --files --people --dry-run --notes --json --data --help' ;;
        ' import bugpin') words='--organization --project --only --files --people --dry-run --notes --json --data --help' ;;
        ' admin') words='create-user list-users disable-user enable-user make-admin reset-password list-tokens revoke-token end-sessions remove-factors jobs rotate-key-ring --help' ;;
        ' admin create-user') words='--admin --data --help' ;;
        ' admin list-users') words='--data --help' ;;
        ' admin disable-user') words='--data --help' ;;
        ' admin enable-user') words='--data --help' ;;
        ' admin make-admin') words='--undo --data --help' ;;
        ' admin reset-password') words='--data --help' ;;
        ' admin list-tokens') words='--data --help' ;;
        ' admin revoke-token') words='--data --help' ;;
        ' admin end-sessions') words='--data --help' ;;
        ' admin remove-factors') words='--data --help' ;;
        ' admin jobs') words='--kind --retry --retry-all --data --help' ;;
        ' admin rotate-key-ring') words='--data --help' ;;
      esac ;;
  esac
  [ -n "$several" ] && before="${current%"${current##*,}"}"
  local IFS=$'\n'
  if [ -n "$files" ]; then
    compopt -o filenames 2> /dev/null
    COMPREPLY=($(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -P "$before" -W "${words// /$IFS}" -- "${current#"$before"}"))
  fi
}
complete -F _lacewing lacewing
