# bash completion for holdfast. Commands and options are read from the program's own --help, so that they are always
# those of the installed version; controls, holds, groups and waiting actions are asked of the running engine, for a
# second at most.

_holdfast_help() {
    "$1" "${@:2}" --help 2>/dev/null
}

# The lines of one part of a --help text: "Options" or "Subcommands".
_holdfast_part() {
    awk -v part="$1:" '
        /^[^ ].*:$/ { inside = ($0 == part); next }
        inside && /^  [^ ]/ { print $1 }'
}

# First column of a table of the engine, without its head.
_holdfast_column() {
    timeout 1 "$1" "${@:2}" 2>/dev/null | awk 'NR > 1 && $1 != "" { print $1 }'
}

_holdfast() {
    local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local -a path=() engine=()
    local word help commands i
    COMPREPLY=()
    # The words up to here that are commands; --db and --url go along to the engine.
    help=$(_holdfast_help "$program")
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        --db | --url | --attach | --token-file) engine+=("$word" "${COMP_WORDS[i + 1]}") ;;
        esac
        commands=$(_holdfast_part Subcommands <<<"$help")
        if [[ $word != -* ]] && grep -qxF -- "$word" <<<"$commands"; then
            path+=("$word")
            help=$(_holdfast_help "$program" "${path[@]}")
        fi
    done

    case $previous in
    --db | --config | --out | --token-file | --approver-token-file | --scenario)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    --for | --stable)
        mapfile -t COMPREPLY < <(compgen -W "5m 15m 30m 1h 4h" -- "$current")
        return
        ;;
    --kind)
        mapfile -t COMPREPLY < <(compgen -W "breaker flag action server limit value silence" -- "$current")
        return
        ;;
    esac

    if [[ $current == -* ]]; then
        # "-h,--help" names two.
        mapfile -t COMPREPLY < <(compgen -W "$(_holdfast_part Options <<<"$help" | tr ',' '\n')" -- "$current")
        return
    fi
    commands=$(_holdfast_part Subcommands <<<"$help")
    if [[ -n $commands ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
        return
    fi
    case "${path[*]}" in
    "control show" | "control trip" | "control reset" | "control set" | "control actions")
        mapfile -t COMPREPLY < <(compgen -W "$(_holdfast_column "$program" control list "${engine[@]}")" -- "$current")
        ;;
    "control revert" | "control extend" | "control reapply")
        mapfile -t COMPREPLY < <(compgen -W "$(_holdfast_column "$program" control holds "${engine[@]}")" -- "$current")
        ;;
    "control approve" | "control cancel")
        mapfile -t COMPREPLY < <(compgen -W "$(timeout 1 "$program" control actions "${engine[@]}" 2>/dev/null |
            awk '$5 == "waiting_approval" || $5 == "scheduled" { print $1 }')" -- "$current")
        ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    esac
}

complete -o filenames -F _holdfast holdfast
