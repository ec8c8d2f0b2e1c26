# shellcheck shell=bash
# What the release scripts have in common. They are small, each does one step of buildspec.yml or of the pipeline, and
# each can be run by hand with the same variables (release/README.md).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

SERVICES=(clients notices delivery sla)
OUT=${PUNCTUAL_RELEASE_OUT:-target/release}
REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-eu-west-1}}
export AWS_REGION=$REGION AWS_PAGER=

say() { printf '%s\n' "$*"; }
die() { printf 'release: %s\n' "$*" >&2; exit 1; }

# The commit that is released: CodeBuild says which it checked out, elsewhere git does; after the build, the artifact.
commit() {
	if [[ -n ${PUNCTUAL_COMMIT:-} ]]; then
		say "$PUNCTUAL_COMMIT"
	elif [[ ${CODEBUILD_RESOLVED_SOURCE_VERSION:-} =~ ^[0-9a-f]{40}$ ]]; then
		say "$CODEBUILD_RESOLVED_SOURCE_VERSION"
	elif [[ -f $OUT/commit ]]; then
		cat "$OUT/commit"
	else
		git rev-parse HEAD
	fi
}

# Where images live. PUNCTUAL_REGISTRY names another one than the account's own.
registry() {
	if [[ -z ${PUNCTUAL_REGISTRY:-} ]]; then
		PUNCTUAL_REGISTRY=$(aws sts get-caller-identity --query Account --output text).dkr.ecr.$REGION.amazonaws.com
	fi
	say "$PUNCTUAL_REGISTRY"
}

# digest_of SERVICE TAG|DIGEST: the image's digest; nothing, and status 1, if there is no such image.
digest_of() {
	local answer id=imageTag=$2
	[[ $2 == sha256:* ]] && id=imageDigest=$2
	if ! answer=$(aws ecr describe-images --repository-name "punctual/$1" --image-ids "$id" \
			--query 'imageDetails[0].imageDigest' --output text 2>&1); then
		[[ $answer == *ImageNotFoundException* ]] && return 1
		die "cannot ask for punctual/$1:$2: $answer"
	fi
	say "$answer"
}

# stands STACK: whether it has been made; one whose making was rolled back has not. Not to get an answer is no answer: what
# takes it for "no" would leave stacks out and note that all are deployed.
stands() {
	local state
	if ! state=$(aws cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2>&1); then
		[[ $state == *ValidationError*"does not exist"* ]] && return 1
		die "cannot ask for the stack $1: $state"
	fi
	[[ $state != ROLLBACK_* && $state != REVIEW_IN_PROGRESS && $state != DELETE_* && $state != CREATE_FAILED ]]
}

# make_way STACK…: lets the CDK's command delete what could not be made, so that it is made anew. Production's stacks are protected
# from deletion before they are made, and the command deletes such a stack, but not its protection.
make_way() {
	local stack region state
	for stack; do
		region=$REGION
		# CloudFront's and Route 53's.
		[[ $stack != Fallback && $stack != Failover ]] || region=us-east-1
		state=$(aws cloudformation describe-stacks --stack-name "$stack" --region "$region" --query 'Stacks[0].StackStatus' \
			--output text 2>/dev/null) || continue
		[[ $state == ROLLBACK_COMPLETE || $state == ROLLBACK_FAILED ]] || continue
		say "$stack could not be made before; what is left of it may be deleted."
		aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name "$stack" \
			--region "$region" >/dev/null
	done
}

# noted NAME: a note of the release (/punctual/release/NAME); "none" where there is none, "unknown" where nobody says.
noted() {
	local answer
	if ! answer=$(aws ssm get-parameter --name "/punctual/release/$1" --query Parameter.Value --output text 2>&1); then
		if [[ $answer == *ParameterNotFound* ]]; then answer=none; else answer=unknown; fi
	fi
	say "$answer"
}

# note NAME VALUE
note() {
	aws ssm put-parameter --name "/punctual/release/$1" --type String --overwrite --value "$2" >/dev/null
}

# announced TAG: the name of the note that a version has been announced.
announced() {
	say "announced/${1//[^a-zA-Z0-9_.-]/-}"
}

# on_its_way SERVICE: its deployment that has not ended yet, or None.
on_its_way() {
	aws deploy list-deployments --application-name punctual --deployment-group-name "$1" \
		--include-only-statuses Created Queued InProgress Baking Ready --query 'deployments[0]' --output text
}

# moved DEPLOYMENT: since when all its traffic has moved, in seconds of the epoch; status 1 until then. The deployment itself goes on
# until blue has ended. That all has moved is said of its only target, the service; if not since when, it is taken for now.
moved() {
	local target status since
	# Until it has begun it has none.
	target=$(aws deploy list-deployment-targets --deployment-id "$1" --query 'targetIds[0]' --output text 2>/dev/null) || return 1
	[[ $target != None ]] || return 1
	read -r status since < <(aws deploy get-deployment-target --deployment-id "$1" --target-id "$target" --output text --query \
		"deploymentTarget.ecsTarget.[status, lifecycleEvents[?lifecycleEventName=='AllowTraffic'].endTime|[0]]")
	[[ $status == Succeeded ]] && { date -d "$since" +%s 2>/dev/null || date +%s; }
}

# sign_in: lets cosign read the registry, where no engine has signed in.
sign_in() {
	aws ecr get-login-password | cosign login --username AWS --password-stdin "$(registry)" >/dev/null 2>&1 ||
		die "cannot sign in to $(registry)"
}

# The JDK that builds Punctual.
jdk() {
	local candidate
	for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
		if grep -qs '^JAVA_VERSION="25[.".-]' "$candidate/release" && [[ -x $candidate/bin/java ]]; then
			say "$candidate"
			return
		fi
	done
	die "needs a JDK 25: set JAVA_HOME"
}

# tool COMMAND ARGUMENT…: what needs more than a shell, in Java (release/tool).
tool() {
	local jar=release/tool/target/release-tool-1.0.0-SNAPSHOT.jar
	if [[ ! -f $jar ]]; then
		# Once, also where all services' scripts come here at the same time.
		mkdir -p target
		(flock 9 && { [[ -f $jar ]] || ./mvnw -q -Prelease -pl release/tool -am package >&2; }) 9> target/release-tool.lock
	fi
	"$(jdk)/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
		-cp 'release/tool/target/release-tool-1.0.0-SNAPSHOT.jar:release/tool/target/lib/*' \
		io.punctual.release.tool.ReleaseTool "$@"
}

# each COMMAND…: runs COMMAND SERVICE for all services at once; fails if one fails, after all have ended.
each() {
	local service failed=0
	local -A running=()
	for service in "${SERVICES[@]}"; do
		"$@" "$service" &
		running[$service]=$!
	done
	for service in "${SERVICES[@]}"; do
		wait "${running[$service]}" || { say "$service: failed"; failed=1; }
	done
	return $failed
}
