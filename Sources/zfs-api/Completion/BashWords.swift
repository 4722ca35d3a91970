/// What the script for bash needs besides the one that is generated.
enum BashWords {
    /// A function around the generated one.
    ///
    /// Bash takes words apart at signs that are parts of names here. They are put together before the generated function
    /// sees them, and what bash will not replace is taken off its answers.
    static let script = ##"""
        __zfs-api_whole_words() {
            local -a COMP_WORDS
            local -i COMP_CWORD
            read -ra COMP_WORDS <<<"${COMP_LINE:0:${COMP_POINT}}"
            [[ "${COMP_LINE:0:${COMP_POINT}}" == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            local word="${COMP_WORDS[COMP_CWORD]}" kept="${2}"
            [[ "${kept}" == [:=] ]] && kept=''
            _zfs-api "${1}" "${word}" "${COMP_WORDS[COMP_CWORD > 0 ? COMP_CWORD - 1 : 0]}"
            local -i index
            for index in "${!COMPREPLY[@]}"; do
                local reply="${COMPREPLY[index]//\\=/=}"
                reply="${reply//\\#/#}"
                COMPREPLY[index]="${reply#"${word%"${kept}"}"}"
            done
            # Names are no files, so the signs in them need no quotes.
            [[ "${COMPREPLY[*]}" == *[@#=]* ]] && compopt +o filenames
            if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *[@#=] ]]; then compopt -o nospace; fi
        }
        complete -o filenames -F __zfs-api_whole_words zfs-api
        """##
}
